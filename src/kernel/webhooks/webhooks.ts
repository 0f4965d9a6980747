import { z } from 'zod';
import type { Bytes } from '../clock.ts';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { mayDo } from '../identity/authenticate.ts';
import { after } from '../identity/doorstep.ts';
import { logSecurity, type SecurityEvent } from '../identity/security-log.ts';
import { limits } from '../limits.ts';
import { decodeCursor, type PageQuery, pageOf } from '../paging.ts';
import { instant, shortText, uuid } from '../schema.ts';
import { sealedSize } from '../trust/sealing.ts';
import { mayCall } from './call-rules.ts';
import { secretBytes, secretText } from './signatures.ts';

export const webhook = z
  .object({
    id: uuid,
    url: z.string(),
    description: z.string(),
    /** Patterns of the types of facts that it gets; none is all. */
    kinds: z.array(z.string()),
    state: z.enum(['active', 'paused', 'off']),
    /** Why the platform switched it off: 410, days without success, or its owner left the chain. */
    off_reason: z.enum(['gone', 'failing', 'left']).nullable(),
    /** The next place in the chain's tree of facts to look at. */
    position: z.int().min(0),
    failing_since: instant.nullable(),
    rotated_at: instant.nullable(),
    /** Until when messages are signed with the secret before the last rotation as well. */
    previous_until: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.output<typeof webhook>;

const fields = z.object({
  url: z.url().max(limits.webhook_url_chars),
  description: shortText,
  kinds: z.array(z.string().regex(/^([a-z_]+|\*)\.([a-z_]+|\*)\.([a-z_]+|\*)$/)).max(50),
});

export const newWebhook = fields.extend({ kinds: fields.shape.kinds.default([]) });
export const webhookChange = fields.extend({ state: z.enum(['active', 'paused']) }).partial();

const columns = [
  'id',
  'url',
  'description',
  'kinds',
  'state',
  'off_reason',
  'position',
  'failing_since',
  'rotated_at',
  'previous_until',
  'created_at',
] as const;

type WebhookRow = Omit<Webhook, 'position' | 'state' | 'off_reason'> & {
  position: bigint;
  state: string;
  off_reason: string | null;
};
const webhookOf = (row: WebhookRow) => ({ ...row, position: Number(row.position) }) as Webhook;

/** The actor's own webhooks, for a query that goes on. */
const own = (tx: Tx) =>
  tx.db
    .selectFrom('webhook')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);

export const sealedForWebhook = (id: string) => `secret of webhook ${id}`;

/** @throws webhook.no_secret_key */
function makeSecret(tx: Tx, id: string): { text: string; sealed: Uint8Array } {
  if (!tx.vault) throw fault('webhook.no_secret_key');
  const secret = tx.random(new Uint8Array(secretBytes) as Bytes);
  return { text: secretText(secret), sealed: tx.vault.seal(secret, sealedForWebhook(id)) };
}

/** @throws webhook.address_refused */
function refuseAddress(tx: Tx, url: string): void {
  if (mayCall(new URL(url), tx.call_rules)) return;
  throw fault('webhook.address_refused', { ports: tx.call_rules.ports.join(', ') });
}

/** Whoever decides where facts go could read them there: it may do no less here. */
function refuseUnread(tx: Tx): void {
  const permission = 'kernel.fact.read';
  if (!mayDo(tx.actor, permission)) throw fault('kernel.not_permitted', { permission });
}

export const logWebhook = (tx: Tx, kind: SecurityEvent['kind'], url: string) =>
  logSecurity(tx, {
    kind,
    user: tx.actor.user,
    at: { chain: tx.chain, party: tx.actor.party },
    detail: new URL(url).host,
  });

/**
 * Makes a webhook of the actor's party, for the facts that are sealed from now on. Its secret is
 * given here once. @throws webhook.address_refused, webhook.too_many, webhook.no_secret_key
 */
export async function createWebhook(tx: Tx, given: z.output<typeof newWebhook>) {
  refuseUnread(tx);
  refuseAddress(tx, given.url);
  const others = await own(tx).limit(limits.webhooks).execute();
  if (others.length >= limits.webhooks) throw fault('webhook.too_many', { limit: limits.webhooks });
  const id = tx.newId();
  const { text, sealed } = makeSecret(tx, id);
  const row = {
    id,
    ...given,
    state: 'active',
    off_reason: null,
    position: BigInt(await sealedSize(tx.db, tx.chain)),
    failing_since: null,
    rotated_at: null,
    previous_until: null,
    created_at: tx.now,
  };
  tx.append('webhook', [
    {
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      created_by: tx.actor.user,
      sealed_secret: sealed,
      previous_sealed_secret: null,
      due_at: null,
      lease_id: null,
      lease_until: null,
      ...row,
    },
  ]);
  await logWebhook(tx, 'webhook_made', given.url);
  return { ...webhookOf(row), secret: text };
}

export async function listWebhooks(tx: Tx, { limit, after: from }: PageQuery) {
  let query = own(tx);
  if (from) {
    const [at, id] = decodeCursor(from, z.tuple([instant, uuid]));
    query = query.where((eb) =>
      eb.or([eb('created_at', '<', at), eb.and([eb('created_at', '=', at), eb('id', '<', id)])]),
    );
  }
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(webhookOf), limit, (row) => [row.created_at, row.id]);
}

/** @throws kernel.not_found */
export async function getWebhook(tx: Tx, id: string): Promise<Webhook> {
  const row = await own(tx).where('id', '=', id).executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return webhookOf(row);
}

/**
 * Changes what is given. Pausing lets facts wait in their order; going on takes them up again, also
 * where the platform had switched the webhook off.
 * @throws kernel.not_found, webhook.address_refused
 */
export async function changeWebhook(
  tx: Tx,
  id: string,
  { state, ...given }: z.output<typeof webhookChange>,
): Promise<Webhook> {
  refuseUnread(tx);
  if (given.url) refuseAddress(tx, given.url);
  const again = { state, off_reason: null, failing_since: null };
  const turned = state === 'active' ? again : state ? { state, off_reason: null } : {};
  const row = await tx.db
    .updateTable('webhook')
    .set({ ...given, ...turned, due_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  if (state === 'active' || given.url) tryAtOnce(tx, id);
  if (given.url) await logWebhook(tx, 'webhook_moved', row.url);
  return webhookOf(row);
}

/** Whoever has mended the receiver need not wait for the next attempt, and has all ten again. */
function tryAtOnce(tx: Tx, webhook_id: string): void {
  tx.write(
    tx.db
      .updateTable('webhook_message')
      .set({ attempts: 0, next_at: tx.now })
      .where('chain_id', '=', tx.chain)
      .where('webhook_id', '=', webhook_id)
      .where('state', '=', 'waiting'),
  );
}

export const webhookRotation = z.object({
  /** How long messages are signed with the old secret beside the new one. */
  overlap_hours: z.int().min(0).max(limits.key_overlap_hours).default(24),
});

/**
 * Gives a webhook a new secret, shown here once; for an overlap both sign, so that a receiver can
 * move without losing a message. @throws kernel.not_found, webhook.no_secret_key
 */
export async function rotateWebhook(
  tx: Tx,
  id: string,
  { overlap_hours }: z.output<typeof webhookRotation>,
) {
  const { text, sealed } = makeSecret(tx, id);
  const row = await tx.db
    .updateTable('webhook')
    .set(({ ref }) => ({
      previous_sealed_secret: ref('sealed_secret'),
      sealed_secret: sealed,
      rotated_at: tx.now,
      previous_until: after(tx.now, overlap_hours * 60),
    }))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  await logWebhook(tx, 'webhook_rotated', row.url);
  return { ...webhookOf(row), secret: text };
}

/** Removes a webhook with its messages and its secrets. @throws kernel.not_found */
export async function removeWebhook(tx: Tx, id: string): Promise<void> {
  const row = await tx.db
    .deleteFrom('webhook')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .returning('url')
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  tx.write(
    tx.db
      .deleteFrom('webhook_message')
      .where('chain_id', '=', tx.chain)
      .where('webhook_id', '=', id),
  );
  await logWebhook(tx, 'webhook_removed', row.url);
}
