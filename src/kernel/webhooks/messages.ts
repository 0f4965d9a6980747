import { type Insertable, sql } from 'kysely';
import { z } from 'zod';
import type { Tables } from '../db/generated/tables.ts';
import type { Tx } from '../db/tx.ts';
import { fault } from '../faults.ts';
import { decodeCursor, pageOf, pageQuery } from '../paging.ts';
import { instant, uuid } from '../schema.ts';
import { getFact } from '../trust/facts.ts';
import { getWebhook, type Webhook } from './webhooks.ts';

/** What went wrong with an attempt, in no more detail than is the owner's to know. */
export const sendErrors = [
  /** The name leads nowhere, or to no address that may be called: which of the two is not told. */
  'address',
  'connection',
  'certificate',
  'timeout',
  /** There was an answer, and it was not 2xx. */
  'status',
  /** The secret was sealed under another key than this server has. */
  'secret',
] as const;
export type SendError = (typeof sendErrors)[number];

const messageState = z.enum(['waiting', 'delivered', 'dead', 'withheld']);

export const webhookMessage = z
  .object({
    /** The same whenever it is sent: the receiver knows a repeat by it. */
    id: uuid,
    webhook_id: uuid,
    kind: z.enum(['fact', 'ping']),
    fact_id: uuid.nullable(),
    type: z.string(),
    position: z.int().min(0),
    /** `withheld`: when it was to be sent, the fact was not the party's to see. */
    state: messageState,
    attempts: z.int().min(0),
    queued_at: instant,
    /** When it is sent next; null where it waits for nothing. */
    next_at: instant.nullable(),
    last_at: instant.nullable(),
    last_status: z.int().nullable(),
    last_error: z.enum(sendErrors).nullable(),
    /** How the last answer began, where it was no success and came from a public address. */
    last_excerpt: z.string().nullable(),
    done_at: instant.nullable(),
  })
  .meta({ id: 'WebhookMessage' });
export type WebhookMessage = z.output<typeof webhookMessage>;

export const messageQuery = pageQuery.extend({ state: messageState.optional() });

const columns = [
  'id',
  'webhook_id',
  'kind',
  'fact_id',
  'type',
  'position',
  'state',
  'attempts',
  'queued_at',
  'next_at',
  'last_at',
  'last_status',
  'last_error',
  'last_excerpt',
  'done_at',
] as const;

type Row = { position: bigint; state: string; next_at: string };
const messageOf = (row: Row) =>
  ({
    ...row,
    position: Number(row.position),
    next_at: row.state === 'waiting' ? row.next_at : null,
  }) as unknown as WebhookMessage;

/** The messages of one webhook, the last queued first. @throws kernel.not_found */
export async function listMessages(
  tx: Tx,
  webhook_id: string,
  { limit, after, state }: z.output<typeof messageQuery>,
) {
  await getWebhook(tx, webhook_id);
  let query = tx.db
    .selectFrom('webhook_message')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('webhook_id', '=', webhook_id);
  if (state) query = query.where('state', '=', state);
  if (after) {
    const [at, place, id] = decodeCursor(after, z.tuple([instant, z.int(), uuid]));
    query = query.where(
      sql<boolean>`(queued_at, position, id) < (${at}::timestamptz, ${place}::bigint, ${id}::uuid)`,
    );
  }
  const rows = await query
    .orderBy('queued_at', 'desc')
    .orderBy('position', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return pageOf(rows.map(messageOf), limit, (row) => [row.queued_at, row.position, row.id]);
}

/** @throws kernel.not_found */
async function getMessage(tx: Tx, webhook_id: string, id: string): Promise<WebhookMessage> {
  const row = await tx.db
    .selectFrom('webhook_message')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('webhook_id', '=', webhook_id)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw fault('kernel.not_found');
  return messageOf(row);
}

/**
 * Says that there is something to do. It comes before the messages are written: the sender holds
 * this row while it looks at them, so that one of the two always sees what the other has done.
 * @throws kernel.not_found
 */
async function wake(tx: Tx, webhook_id: string): Promise<void> {
  const done = await tx.db
    .updateTable('webhook')
    .set({ due_at: tx.now })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', webhook_id)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('kernel.not_found');
}

type Named = Pick<WebhookMessage, 'id' | 'kind' | 'fact_id' | 'type' | 'position'>;

/** A message as it is written when nothing has become of it yet. */
export function newMessage(
  tx: Tx,
  webhook_id: string,
  { position, ...named }: Named,
): Insertable<Tables['webhook_message']> {
  return {
    chain_id: tx.chain,
    webhook_id,
    owner_id: tx.actor.party,
    ...named,
    position: BigInt(position),
    state: 'waiting',
    attempts: 0,
    queued_at: tx.now,
    next_at: tx.now,
    last_at: null,
    last_status: null,
    last_error: null,
    last_excerpt: null,
    done_at: null,
  };
}

/**
 * Sends a test, once, also to a webhook that is paused or off; one at a time, or a party would aim
 * the platform at a server of its choice as often as it likes.
 * @throws kernel.not_found, webhook.test_waits
 */
export async function ping(tx: Tx, webhook_id: string): Promise<WebhookMessage> {
  const { position } = await getWebhook(tx, webhook_id);
  // It locks the webhook: of two tests at once the second finds the first.
  await wake(tx, webhook_id);
  const waiting = await tx.db
    .selectFrom('webhook_message')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('webhook_id', '=', webhook_id)
    .where('kind', '=', 'ping')
    .where('state', '=', 'waiting')
    .limit(1)
    .executeTakeFirst();
  if (waiting) throw fault('webhook.test_waits');
  const type = 'kernel.webhook.pinged';
  const row = newMessage(tx, webhook_id, {
    id: tx.newId(),
    kind: 'ping',
    fact_id: null,
    type,
    position,
  });
  tx.append('webhook_message', [row]);
  return messageOf(row as typeof row & Row);
}

/**
 * Sends a message (again) as soon as its webhook is at work: before those that stand behind it in
 * the order of facts. @throws kernel.not_found
 */
export async function resend(tx: Tx, webhook_id: string, id: string): Promise<WebhookMessage> {
  await wake(tx, webhook_id);
  const message = await getMessage(tx, webhook_id, id);
  const afresh = message.state === 'waiting' ? {} : ({ state: 'waiting', attempts: 0 } as const);
  const set = { ...afresh, next_at: tx.now, done_at: null };
  tx.write(
    tx.db
      .updateTable('webhook_message')
      .set(set)
      .where('chain_id', '=', tx.chain)
      .where('id', '=', id),
  );
  return { ...message, ...set };
}

/**
 * Puts a waiting message with the dead ones, so that those behind it are not held up by it.
 * @throws kernel.not_found, webhook.not_waiting
 */
export async function setAside(tx: Tx, webhook_id: string, id: string): Promise<WebhookMessage> {
  await wake(tx, webhook_id);
  const message = await getMessage(tx, webhook_id, id);
  const set = { state: 'dead', done_at: tx.now } as const;
  const done = await tx.db
    .updateTable('webhook_message')
    .set(set)
    .where('chain_id', '=', tx.chain)
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw fault('webhook.not_waiting');
  return { ...message, ...set, next_at: null };
}

export const replayFrom = z
  .object({ from_fact_id: uuid.optional(), from_position: z.int().min(0).optional() })
  .refine(
    ({ from_fact_id, from_position }) =>
      (from_fact_id === undefined) !== (from_position === undefined),
    '请给出一件事实或一个位置|give either a fact or a position',
  );

/**
 * Goes back in the order of facts: everything from there on that the party sees is sent (again),
 * each message under the id that it had. A place ahead of the webhook skips nothing.
 * @throws kernel.not_found, kernel.seal_pending
 */
export async function replay(
  tx: Tx,
  webhook_id: string,
  { from_fact_id, from_position = 0 }: z.output<typeof replayFrom>,
): Promise<Webhook> {
  const known = await getWebhook(tx, webhook_id);
  const from = from_fact_id ? await positionOf(tx, from_fact_id) : from_position;
  const position = Math.min(known.position, from);
  await wake(tx, webhook_id);
  // What waits from there on is found again on the way, in its place.
  tx.write(
    tx.db
      .deleteFrom('webhook_message')
      .where('chain_id', '=', tx.chain)
      .where('webhook_id', '=', webhook_id)
      .where('kind', '=', 'fact')
      .where('state', '=', 'waiting')
      .where('position', '>=', BigInt(from)),
  );
  tx.write(
    tx.db
      .updateTable('webhook')
      .set(({ fn, ref }) => ({ position: fn('least', [ref('position'), sql.val(BigInt(from))]) }))
      .where('chain_id', '=', tx.chain)
      .where('id', '=', webhook_id),
  );
  return { ...known, position };
}

async function positionOf(tx: Tx, fact_id: string): Promise<number> {
  const { sealed_position } = await getFact(tx, fact_id);
  if (sealed_position === null) throw fault('kernel.seal_pending');
  return sealed_position;
}
