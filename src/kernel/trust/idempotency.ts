import { createHash } from 'node:crypto';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';

/** A write that may come twice: its key, and what was asked under it. */
export type Claim = { key: string; hash: Uint8Array };
export type StoredAnswer = { status: number; body: string };

export function claimOf(key: string, routeId: string, url: string, body: unknown): Claim {
  const text = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body ?? null);
  const hash = createHash('sha256').update(`${routeId}\n${url}\n`).update(text).digest();
  return { key, hash };
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
  tx.append('idempotency_key', [
    {
      chain_id: tx.chain,
      party_id: tx.actor.party,
      key: claim.key,
      request_hash: claim.hash,
      status: answer.status,
      body: answer.body,
      recorded_at: tx.now,
    },
  ]);
}

/**
 * The answer given before under this key, or null.
 * @throws kernel.key_reused when the key stood for another request.
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
  return { status: row.status, body: row.body };
}
