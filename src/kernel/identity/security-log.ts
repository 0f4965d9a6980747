import { z } from 'zod';
import type { Tx } from '../db/tx.ts';
import { limits } from '../limits.ts';
import { decodeCursor, type PageQuery, pageOf } from '../paging.ts';
import { instant, uuid } from '../schema.ts';
import type { Doorstep } from './doorstep.ts';
import { after } from './doorstep.ts';
import { agentInWords, coarseAddress, type Visit } from './visit.ts';

export const securityKinds = [
  'signed_in',
  'sign_in_failed',
  'second_step_failed',
  'sessions_ended',
  'password_changed',
  'totp_added',
  'totp_removed',
  'passkey_added',
  'passkey_removed',
  'recovery_codes_made',
  'recovery_code_used',
  'provider_added',
  'provider_removed',
  'factors_reset',
  'factor_required',
  'factor_lifted',
  'erasure_asked',
  'erasure_taken_back',
  'account_erased',
  'key_created',
  'key_rotated',
  'key_revoked',
  'webhook_made',
  'webhook_moved',
  'webhook_rotated',
  'webhook_removed',
  'webhook_switched_off',
] as const;

/** Something that happened to a person's ways in, or to a party's keys. */
export const securityEvent = z
  .object({
    id: uuid,
    kind: z.enum(securityKinds),
    happened_at: instant,
    user_id: uuid.nullable(),
    /** The person's name, where it is not the reader's own log. */
    name: z.string().nullable(),
    agent: z.string(),
    address: z.string(),
    /**
     * How (`password`, `provider`, `passkey`, `totp`), the name of the passkey or the key, or from
     * when a factor is required.
     */
    detail: z.string(),
  })
  .meta({ id: 'SecurityEvent' });
export type SecurityEvent = z.output<typeof securityEvent>;
type Kind = SecurityEvent['kind'];

export type Happened = {
  kind: Kind;
  user: string | null;
  at?: { chain: string; party: string };
  detail?: string;
};

/** Writes one line; it stays whatever becomes of the account. */
export async function logSecurity(
  step: Pick<Doorstep, 'db' | 'now' | 'newId'> & { visit?: Visit },
  { kind, user, at, detail = '' }: Happened,
): Promise<void> {
  await step.db
    .insertInto('security_event')
    .values({
      id: step.newId(),
      kind,
      user_id: user,
      at_chain_id: at?.chain ?? null,
      at_party_id: at?.party ?? null,
      happened_at: step.now,
      agent: agentInWords(step.visit?.agent ?? ''),
      address: coarseAddress(step.visit?.address ?? ''),
      detail,
    })
    .execute();
}

const cursor = z.tuple([instant, uuid]);
const cursorOf = (row: SecurityEvent) => [row.happened_at, row.id];

function listed(tx: Tx, { limit, after: from }: PageQuery) {
  const oldest = after(tx.now, -limits.security_log_days * 24 * 60);
  const query = tx.db
    .selectFrom('security_event as e')
    .select(['e.id', 'e.kind', 'e.happened_at', 'e.user_id', 'e.agent', 'e.address', 'e.detail'])
    .where('e.happened_at', '>', oldest)
    .orderBy('e.happened_at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1);
  if (!from) return query;
  const [at, id] = decodeCursor(from, cursor);
  return query.where((eb) =>
    eb.or([
      eb('e.happened_at', '<', at),
      eb.and([eb('e.happened_at', '=', at), eb('e.id', '<', id)]),
    ]),
  );
}

/** The actor's own log, newest first, of all their places. */
export async function listOwnSecurity(tx: Tx, query: PageQuery) {
  const rows = await listed(tx, query).where('e.user_id', '=', tx.actor.user).execute();
  const items = rows.map((row) => ({ ...row, kind: row.kind as Kind, name: null }));
  return pageOf(items, query.limit, cursorOf);
}

/** What happened in the actor's party: to its people while they worked in it, and to its keys. */
export async function listPartySecurity(tx: Tx, query: PageQuery) {
  const rows = await listed(tx, query)
    .leftJoin('user_account as u', 'u.id', 'e.user_id')
    .select('u.name')
    .where('e.at_chain_id', '=', tx.chain)
    .where('e.at_party_id', '=', tx.actor.party)
    .execute();
  const items = rows.map((row) => ({ ...row, kind: row.kind as Kind }));
  return pageOf(items, query.limit, cursorOf);
}
