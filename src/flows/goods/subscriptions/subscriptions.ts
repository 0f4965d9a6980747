import { z } from 'zod';
import {
  decodeCursor,
  firstIdAt,
  instantOf,
  kernelFault,
  limits,
  logWebhook,
  mayDo,
  type PageQuery,
  pageOf,
  recordFact,
  type Tx,
  uuid,
} from '../../../kernel/index.ts';
import type { EpcFormat } from '../epcis/identity/identity.ts';
import { fault } from '../faults.ts';
import { getQuery } from '../repository/named-queries.ts';

/** What somebody asks for who subscribes to a query, checked. */
export type NewSubscription = {
  /** Null where a client listens, and it goes with the connection. */
  dest: string | null;
  /** The receiver's secret, with which what is sent is signed; null signs by our own key alone. */
  signature_token: string | null;
  initial_record_time: string | null;
  report_if_empty: boolean;
  /** The fields of a schedule as they were sent; null is a stream. */
  schedule: Readonly<Record<string, string>> | null;
  epc_format: EpcFormat;
};

/** Why the platform stopped: 410, days without success, or its owner left the chain. */
export type OffReason = 'gone' | 'failing' | 'left';

export type Subscription = Omit<NewSubscription, 'signature_token' | 'initial_record_time'> & {
  id: string;
  query_name: string;
  initial_record_time: string;
  /** Where a new subscription had to begin so as to miss nothing; it may meet some events again. */
  min_record_time: string;
  state: 'active' | 'off';
  off_reason: OffReason | null;
  last_notified_at: string | null;
  /** Since when its receiver has taken nothing, where it fails now. */
  failing_since: string | null;
  created_at: string;
};

const columns = [
  'id',
  'query_name',
  'dest',
  'epc_format',
  'initial_record_time',
  'report_if_empty',
  'schedule',
  'state',
  'off_reason',
  'position',
  'last_notified_at',
  'failing_since',
  'created_at',
] as const;

const ofParty = (tx: Tx) =>
  tx.db
    .selectFrom('query_subscription')
    .select(columns)
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party);
type Row = Awaited<ReturnType<ReturnType<typeof ofParty>['execute']>>[number];

function subscriptionOf({ position, ...row }: Row): Subscription {
  // An event may bear the time at which its transaction began, and an id of its end.
  const seen = instantOf(position).getTime() - limits.epcis_subscription_overlap_ms;
  const min = Math.max(Date.parse(row.initial_record_time), seen);
  return { ...row, min_record_time: new Date(min).toISOString() } as unknown as Subscription;
}

export const sealedForSubscription = (id: string) => `token of subscription ${id}`;

function sealToken(tx: Tx, id: string, token: string | null): Uint8Array | null {
  if (token === null) return null;
  if (!tx.vault) throw kernelFault('webhook.no_secret_key');
  return tx.vault.seal(Buffer.from(token), sealedForSubscription(id));
}

/** Until when nobody else may send what is taken now. */
export const leaseEnd = (tx: Tx): string =>
  new Date(Date.parse(tx.now) + limits.webhook_lease_ms).toISOString();

/** Whoever decides where events go could read them there: it may do no less here. */
function refuseUnread(tx: Tx): void {
  const permission = 'goods.event.read';
  if (!mayDo(tx.actor, permission)) throw kernelFault('kernel.not_permitted', { permission });
}

/**
 * Has the events sent that a named query of the actor's asks for, from `initial_record_time` on.
 * @param due_at when it is first asked
 * @param lease_id who sends from the beginning, where nobody else may
 * @throws goods.query_unknown, goods.too_many_subscriptions, webhook.no_secret_key
 */
export async function createSubscription(
  tx: Tx,
  query_name: string,
  { signature_token, ...given }: NewSubscription,
  due_at: string,
  lease_id: string | null = null,
): Promise<Subscription> {
  refuseUnread(tx);
  await getQuery(tx, query_name);
  await clearDeserted(tx);
  const most = limits.epcis_subscriptions;
  const others = await ofParty(tx).limit(most).execute();
  if (others.length >= most) throw fault('goods.too_many_subscriptions', { most });
  const id = tx.newId();
  const initial_record_time = given.initial_record_time ?? tx.now;
  const row = {
    id,
    query_name,
    ...given,
    initial_record_time,
    state: 'active',
    off_reason: null,
    position: firstIdAt(new Date(initial_record_time)),
    last_notified_at: null,
    failing_since: null,
    created_at: tx.now,
  };
  tx.append('query_subscription', [
    {
      chain_id: tx.chain,
      owner_id: tx.actor.party,
      ...row,
      schedule: given.schedule === null ? null : JSON.stringify(given.schedule),
      sealed_token: sealToken(tx, id, signature_token),
      reached: row.position,
      swept_at: tx.now,
      run_documents: 0,
      batch_events: limits.epcis_subscription_events,
      attempts: 0,
      due_at,
      lease_id,
      lease_until: lease_id === null ? null : leaseEnd(tx),
    },
  ]);
  if (given.dest !== null) await logWebhook(tx, 'webhook_made', given.dest);
  return subscriptionOf(row as Row);
}

/** @param query_name null for those of all queries. @throws goods.query_unknown */
export async function listSubscriptions(
  tx: Tx,
  query_name: string | null,
  { limit, after }: PageQuery,
) {
  if (query_name !== null) await getQuery(tx, query_name);
  let rows = ofParty(tx);
  if (query_name !== null) rows = rows.where('query_name', '=', query_name);
  if (after) rows = rows.where('id', '>', decodeCursor(after, z.tuple([uuid]))[0]);
  const found = await rows
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return pageOf(found.map(subscriptionOf), limit, ({ id }) => [id]);
}

/** @param query_name null whatever its query is. @throws goods.subscription_unknown */
export async function getSubscription(
  tx: Tx,
  query_name: string | null,
  id: string,
): Promise<Subscription> {
  const row = uuid.safeParse(id).success
    ? await ofParty(tx).where('id', '=', id.toLowerCase()).executeTakeFirst()
    : undefined;
  if (!row || (query_name !== null && row.query_name !== query_name)) {
    throw fault('goods.subscription_unknown');
  }
  return subscriptionOf(row);
}

/** Ends a subscription, with its secret. @throws goods.subscription_unknown */
export async function dropSubscription(
  tx: Tx,
  query_name: string | null,
  id: string,
): Promise<void> {
  const { id: found, dest } = await getSubscription(tx, query_name, id);
  await drop(tx, [found]);
  if (dest !== null) await logWebhook(tx, 'webhook_removed', dest);
}

/**
 * Takes a subscription back to a moment, as if it had been made with it. What somebody sends for it
 * just now may come twice.
 * @throws goods.subscription_unknown
 */
export async function restartFrom(
  tx: Tx,
  { id }: Subscription,
  initial_record_time: string,
  due_at: string,
): Promise<Subscription> {
  refuseUnread(tx);
  const position = firstIdAt(new Date(initial_record_time));
  const row = await tx.db
    .updateTable('query_subscription')
    .set({
      ...{ initial_record_time, position, reached: position, swept_at: tx.now },
      ...{ state: 'active', off_reason: null, attempts: 0, failing_since: null },
      ...{ run_documents: 0, due_at, lease_id: null, lease_until: null },
    })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .returning(columns)
    .executeTakeFirst();
  if (!row) throw fault('goods.subscription_unknown');
  // Behind the row, which whoever sends it takes first as well.
  tx.write(
    tx.db
      .deleteFrom('subscription_event')
      .where('chain_id', '=', tx.chain)
      .where('subscription_id', '=', id),
  );
  await logWebhook(tx, 'webhook_made', row.dest ?? '');
  return subscriptionOf(row);
}

/** Ends whatever is subscribed to a query that goes. */
export async function dropSubscriptionsOf(tx: Tx, query_name: string): Promise<void> {
  const found = await ofParty(tx).where('query_name', '=', query_name).execute();
  if (found.length === 0) return;
  await drop(
    tx,
    found.map(({ id }) => id),
  );
  for (const { dest } of found) {
    if (dest !== null) await logWebhook(tx, 'webhook_removed', dest);
  }
}

/**
 * Clears away what clients listened to at a server that was killed. Those with a schedule are found
 * by no round before its next time, and would count against the firm until then.
 */
async function clearDeserted(tx: Tx): Promise<void> {
  const rows = await tx.db
    .selectFrom('query_subscription')
    .select('id')
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('dest', 'is', null)
    .where('lease_until', '<=', tx.now)
    .limit(limits.epcis_subscriptions)
    .execute();
  if (rows.length === 0) return;
  await drop(
    tx,
    rows.map(({ id }) => id),
  );
}

/** Ends what a client listened to who has gone. */
export const dropListening = (tx: Tx, id: string): Promise<void> => drop(tx, [id]);

async function drop(tx: Tx, ids: string[]): Promise<void> {
  tx.write(
    tx.db
      .deleteFrom('query_subscription')
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('id', 'in', ids),
  );
  tx.write(
    tx.db
      .deleteFrom('subscription_event')
      .where('chain_id', '=', tx.chain)
      .where('subscription_id', 'in', ids),
  );
}

/**
 * Stops a subscription and tells its owner, in the party's security log and by a fact. Whoever has
 * mended the receiver subscribes anew, from `min_record_time` on.
 */
export async function switchOff(tx: Tx, id: string, off_reason: OffReason): Promise<void> {
  const row = await tx.db
    .updateTable('query_subscription')
    .set({ state: 'off', off_reason, due_at: null })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', id)
    .where('state', '=', 'active')
    .returning(['dest', 'query_name'])
    .executeTakeFirst();
  if (!row) return;
  if (row.dest === null) return dropListening(tx, id);
  await recordFact(tx, {
    type: 'goods.subscription.switched_off',
    subject: id,
    parties: [tx.actor.party],
    body: { reason: off_reason, query_name: row.query_name },
  });
  await logWebhook(tx, 'webhook_switched_off', row.dest);
}
