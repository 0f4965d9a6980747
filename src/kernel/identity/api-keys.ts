import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { limits } from '../limits.ts';
import { givenInstant, instant, shortText, uuid } from '../schema.ts';
import { hintOf, makeCredential } from './credential.ts';
import { after } from './doorstep.ts';
import { opensAnything, permits } from './permissions.ts';
import { logSecurity, type SecurityEvent } from './security-log.ts';

export const apiKey = z
  .object({
    id: uuid,
    name: z.string(),
    /** How the key's text begins, so that it can be known again; the secret is behind it. */
    prefix: z.string(),
    scopes: z.array(z.string()),
    created_at: instant,
    expires_at: instant.nullable(),
    /** Coarse: written at most once in some minutes. */
    used_at: instant.nullable(),
    rotated_at: instant.nullable(),
    /** Until when the secret before the last rotation still works. */
    previous_until: instant.nullable(),
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
  expires_at: givenInstant.optional(),
});
export type NewApiKey = z.input<typeof newApiKey>;

export const rotation = z.object({
  /** How long the old secret lives on beside the new one. */
  overlap_hours: z.int().min(0).max(limits.key_overlap_hours).default(24),
});

const columns = [
  'id',
  'name',
  'scopes',
  'created_at',
  'expires_at',
  'used_at',
  'rotated_at',
  'previous_until',
  'revoked_at',
] as const;

const claimsOf = (tx: Tx, id: string) =>
  ({ kind: 'key', chain: tx.chain, party: tx.actor.party, id }) as const;

const log = (tx: Tx, kind: SecurityEvent['kind'], name: string) =>
  logSecurity(tx, {
    kind,
    user: tx.actor.user,
    at: { chain: tx.chain, party: tx.actor.party },
    detail: name,
  });

/** Whoever hands out a key's text could use it: it may do no more than they. */
function refuseBeyond(tx: Tx, scopes: readonly string[]): void {
  const beyond = scopes.find((scope) => !permits(tx.actor.permissions, scope));
  if (beyond) throw fault('kernel.not_permitted', { permission: beyond });
}

/**
 * Makes a key of the actor's party. Its text is given here once, and only its hash is kept.
 * @throws kernel.not_permitted, identity.scope_unknown, identity.expiry_past
 */
export async function createApiKey(tx: Tx, input: NewApiKey) {
  const given = newApiKey.parse(input);
  const unknown = given.scopes.find((scope) => !opensAnything(scope));
  if (unknown) throw fault('identity.scope_unknown', { scope: unknown });
  refuseBeyond(tx, given.scopes);
  if (given.expires_at && Date.parse(given.expires_at) <= Date.parse(tx.now)) {
    throw fault('identity.expiry_past');
  }
  const id = tx.newId();
  const { text, hash } = makeCredential(tx, claimsOf(tx, id));
  const row = {
    id,
    name: given.name,
    scopes: given.scopes,
    created_at: tx.now,
    expires_at: given.expires_at ?? null,
    used_at: null,
    rotated_at: null,
    previous_until: null,
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
  await log(tx, 'key_created', given.name);
  return { ...row, prefix: hintOf(claimsOf(tx, id)), key: text };
}

export async function listApiKeys(tx: Tx): Promise<ApiKey[]> {
  const rows = await tx.db
    .selectFrom('api_key')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limits.page_rows)
    .execute();
  return rows.map((row) => ({ ...row, prefix: hintOf(claimsOf(tx, row.id)) }));
}

/**
 * Gives a key a new secret. The old one lives for an overlap, so that the systems that use it can
 * be moved one by one; one before that is dead at once.
 * @throws kernel.not_found, kernel.not_permitted
 */
export async function rotateApiKey(tx: Tx, id: string, input: z.input<typeof rotation>) {
  const { overlap_hours } = rotation.parse(input);
  const row = await tx.db
    .selectFrom('api_key')
    .select([...columns, 'secret_hash'])
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', tx.now)]))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  const { secret_hash, ...known } = row;
  refuseBeyond(tx, known.scopes);
  const { text, hash } = makeCredential(tx, claimsOf(tx, id));
  const turned = { rotated_at: tx.now, previous_until: after(tx.now, overlap_hours * 60) };
  tx.write(
    tx.db
      .updateTable('api_key')
      .set({ secret_hash: hash, previous_hash: secret_hash, ...turned })
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  await log(tx, 'key_rotated', known.name);
  return { ...known, ...turned, prefix: hintOf(claimsOf(tx, id)), key: text };
}

/** Ends a key at once, with the secret before its last rotation. @throws kernel.not_found */
export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  const done = await tx.db
    .updateTable('api_key')
    .set({ revoked_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('party_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('name')
    .executeTakeFirst();
  if (!done) throw fault('kernel.not_found');
  await log(tx, 'key_revoked', done.name);
}
