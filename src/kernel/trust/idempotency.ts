import { createHash, hkdfSync } from 'node:crypto';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { openVault, type Vault } from '../identity/vault.ts';

/** A write that may come twice: its key, and what was asked under it. */
export type Claim = {
  key: string;
  hash: Uint8Array;
  /** The credential that asked, where the answer shows a secret; else null. */
  sealed_for: string | null;
};
export type StoredAnswer = { status: number; body: string };

export function hashOfRequest(routeId: string, url: string, body: unknown): Uint8Array {
  const text = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body ?? null);
  return createHash('sha256').update(`${routeId}\n${url}\n`).update(text).digest();
}

/**
 * A secret that is shown once must not lie here in plain: such an answer is kept under a key that
 * only the repeat brings again, out of the credential (32 random bytes, stored as a hash).
 * HKDF-SHA256, RFC 5869.
 */
function vaultOf(tx: Tx, { key, sealed_for }: Claim): Vault | null {
  if (sealed_for === null) return null;
  const derived = hkdfSync('sha256', sealed_for, key, 'jingwei answer', 32);
  return openVault(new Uint8Array(derived), tx);
}

/** @throws kernel.answer_sealed for another credential than the one that asked */
function openAnswer(tx: Tx, claim: Claim, body: string): string {
  const vault = vaultOf(tx, claim);
  if (!vault) return body;
  try {
    return Buffer.from(vault.open(Buffer.from(body, 'base64'), claim.key)).toString();
  } catch {
    throw fault('kernel.answer_sealed');
  }
}

/** Whether a command failed because another one had answered under the same key meanwhile. */
export function wasAnsweredBefore(error: unknown): boolean {
  const { code, table } = error as { code?: string; table?: string };
  return code === '23505' && table === 'idempotency_key';
}

/**
 * Stores the answer in the command's own transaction. It is the last statement, not the first: the
 * usual write pays for one statement, and the rare repeat does its work in vain and fails on the
 * key (`wasAnsweredBefore`).
 */
export function storeAnswer(tx: Tx, claim: Claim, answer: StoredAnswer): void {
  const sealed = vaultOf(tx, claim)?.seal(Buffer.from(answer.body), claim.key);
  tx.append('idempotency_key', [
    {
      chain_id: tx.chain,
      party_id: tx.actor.party,
      key: claim.key,
      request_hash: claim.hash,
      status: answer.status,
      body: sealed ? Buffer.from(sealed).toString('base64') : answer.body,
      recorded_at: tx.now,
    },
  ]);
}

/**
 * The answer given before under this key, or null.
 * @throws kernel.key_reused when the key stood for another request; kernel.answer_sealed
 */
export async function findAnswer(tx: Tx, claim: Claim): Promise<StoredAnswer | null> {
  const row = await tx.db
    .selectFrom('idempotency_key')
    .select(['request_hash', 'status', 'body'])
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('key', '=', claim.key)
    .executeTakeFirst();
  if (!row) return null;
  if (Buffer.compare(Buffer.from(row.request_hash), Buffer.from(claim.hash)) !== 0) {
    throw fault('kernel.key_reused');
  }
  return { status: row.status, body: openAnswer(tx, claim, row.body) };
}
