import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { instant, shortText, uuid } from '../schema.ts';
import { makeCredential } from './credential.ts';
import { permits } from './permissions.ts';

export const apiKey = z
  .object({
    id: uuid,
    name: z.string(),
    scopes: z.array(z.string()),
    created_at: instant,
    expires_at: instant.nullable(),
    revoked_at: instant.nullable(),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.output<typeof apiKey>;

export const newApiKey = z.object({
  name: shortText,
  /** Permission patterns, `*.*.*` for all. */
  scopes: z
    .array(z.string().regex(/^([a-z_]+|\*)\.([a-z_]+|\*)\.([a-z_]+|\*)$/))
    .min(1)
    .max(50)
    .default(['*.*.*']),
  expires_at: instant.optional(),
});
export type NewApiKey = z.input<typeof newApiKey>;

/**
 * Makes a key of the actor's party. Its text is given here once and stored nowhere. A key that may
 * make keys cannot make one that may do more than itself.
 * @throws kernel.not_permitted
 */
export async function createApiKey(tx: Tx, input: NewApiKey) {
  const given = newApiKey.parse(input);
  const beyond = given.scopes.find((scope) => !permits(tx.actor.permissions, scope));
  if (beyond) throw fault('kernel.not_permitted', { permission: beyond });
  const id = tx.newId();
  const claims = { kind: 'key' as const, chain: tx.chain, party: tx.actor.party, id };
  const { text, hash } = makeCredential(tx, claims);
  const row = {
    id,
    name: given.name,
    scopes: given.scopes,
    created_at: tx.now,
    expires_at: given.expires_at ?? null,
    revoked_at: null,
  };
  tx.append('api_key', [
    {
      chain_id: tx.chain,
      party_id: tx.actor.party,
      secret_hash: hash,
      created_by: tx.actor.user,
      ...row,
    },
  ]);
  return { ...row, key: text };
}

export async function listApiKeys(tx: Tx): Promise<ApiKey[]> {
  return tx.db
    .selectFrom('api_key')
    .select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'revoked_at'])
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .orderBy('created_at', 'desc')
    .limit(limits.page_rows)
    .execute();
}

/** Ends a key at once. @throws kernel.not_found */
export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  const done = await tx.db
    .updateTable('api_key')
    .set({ revoked_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('kernel.not_found');
}
