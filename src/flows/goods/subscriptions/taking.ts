import { Fault, idFrom, limits, type Tx } from '../../../kernel/index.ts';
import { queryDocument, sharedIn } from '../binding/answers.ts';
import { problemIn } from '../binding/problems.ts';
import type { EpcFormat } from '../epcis/identity/identity.ts';
import { writeEpcisJson } from '../epcis/write-json.ts';
import { getStoredAll, type StoredRow } from '../repository/find-events.ts';
import { getQuery, queryIn } from '../repository/named-queries.ts';
import { lookOn, type Reach, refuseTooMany } from './arrivals.ts';
import { isProblem, nextTime, readSchedule } from './query-schedule.ts';
import { dropListening, leaseEnd } from './subscriptions.ts';

/** Who sends: a number drawn for one go of one process, so that nobody ends another's lease. */
export type Lease = {
  subscription: string;
  id: string;
  /** Held between two goes too: by the connection of a client that listens. */
  is_kept?: boolean;
};

type Held = Reach & {
  query_name: string;
  dest: string | null;
  sealed_token: Uint8Array | null;
  epc_format: EpcFormat;
  report_if_empty: boolean;
  schedule: Readonly<Record<string, string>> | null;
  state: string;
  run_documents: number;
  batch_events: number;
  attempts: number;
  due_at: string | null;
};

/** A document to be sent now, by the holder of the lease and nobody else. */
export type Taken = {
  kind: 'events' | 'empty' | 'error';
  /** The same for the same events, however often they are sent. */
  id: string;
  /** Null for a client that listens. */
  dest: string | null;
  sealed_token: Uint8Array | null;
  body: string;
  event_ids: string[];
  /** Which records of it others share with its receiver. */
  shows: readonly unknown[];
  reach: Reach;
  attempts: number;
  taken_at: string;
  /** When the run comes after this one. */
  next_run_at: string;
  /** The run's answer was larger than the query lets it be. */
  is_too_large: boolean;
};

const later = (tx: Tx, ms: number) => new Date(Date.parse(tx.now) + ms).toISOString();

/** Takes, or keeps, the subscription for this lease, or gives null where somebody else has it. */
async function hold(tx: Tx, lease: Lease): Promise<Held | null> {
  const row = await tx.db
    .updateTable('query_subscription')
    .set({ lease_id: lease.id, lease_until: leaseEnd(tx) })
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('id', '=', lease.subscription)
    .where((eb) =>
      eb.or([
        eb('lease_until', 'is', null),
        eb('lease_until', '<=', tx.now),
        eb('lease_id', '=', lease.id),
      ]),
    )
    .returning([
      'id',
      'position',
      'reached',
      'swept_at',
      'initial_record_time',
      'query_name',
      'dest',
      'sealed_token',
      'epc_format',
      'report_if_empty',
      'schedule',
      'state',
      'run_documents',
      'batch_events',
      'attempts',
      'due_at',
    ])
    .executeTakeFirst();
  return (row as unknown as Held | undefined) ?? null;
}

/** Lets go of a subscription, for whoever comes first once it is due. */
export function letGo(tx: Tx, lease: Lease): void {
  if (lease.is_kept) return;
  tx.write(
    tx.db
      .updateTable('query_subscription')
      .set({ lease_id: null, lease_until: null })
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('id', '=', lease.subscription)
      .where('lease_id', '=', lease.id),
  );
}

/** Ends a run: the next one is due by the schedule, or a moment later where it is a stream. */
export function endRun(tx: Tx, id: string, due_at: string): void {
  tx.write(
    tx.db
      .updateTable('query_subscription')
      .set({ run_documents: 0, due_at })
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('id', '=', id)
      .where('state', '=', 'active'),
  );
}

/** When what is subscribed so is asked next. @param pause_ms for a stream */
export function nextRun(
  tx: Tx,
  schedule: Held['schedule'],
  pause_ms: number = limits.epcis_subscription_interval_ms,
): string {
  const read = schedule && readSchedule(schedule);
  return read && !isProblem(read) ? nextTime(read, tx.now, tx.zone) : later(tx, pause_ms);
}

async function waitingIds(tx: Tx, { id, batch_events }: Held): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('subscription_event')
    .select('event_id')
    .where('chain_id', '=', tx.chain)
    .where('subscription_id', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('event_id')
    .limit(batch_events)
    .execute();
  return rows.map(({ event_id }) => event_id);
}

/**
 * What is to be sent next by this lease; null where there is nothing to send now; `not_held` where
 * somebody else has the subscription, or it is no more; `again` where there was a look at events
 * and nothing else. It is read as the subscription's owner, at this moment.
 */
export async function takeNext(tx: Tx, lease: Lease): Promise<Taken | 'again' | 'not_held' | null> {
  const held = await hold(tx, lease);
  if (!held) return 'not_held';
  if (held.dest === null && !lease.is_kept) {
    // The server that its client was connected to is no more.
    await dropListening(tx, held.id);
    return 'not_held';
  }
  if (held.state !== 'active' || held.due_at === null || held.due_at > tx.now) {
    letGo(tx, lease);
    return null;
  }
  const ids = await waitingIds(tx, held);
  if (ids.length > 0) return (await takeEvents(tx, held, ids)) ?? 'again';
  try {
    if (await goOn(tx, held)) return 'again';
  } catch (error) {
    if (error instanceof Fault) return takeError(tx, held, error);
    throw error;
  }
  if (held.schedule && held.report_if_empty && held.run_documents === 0) {
    return takeDocument(tx, held, 'empty', []);
  }
  endRun(tx, held.id, nextRun(tx, held.schedule));
  letGo(tx, lease);
  return null;
}

/** Looks at what is new. @throws Fault where the query cannot be asked, or finds too much */
async function goOn(tx: Tx, held: Held): Promise<boolean> {
  const query = queryIn((await getQuery(tx, held.query_name)).definition);
  if (held.schedule && held.run_documents === 0) await refuseTooMany(tx, query, held);
  return lookOn(tx, query, held, held.schedule === null);
}

/** Events that the owner may see now; null where there are none among them any more. */
async function takeEvents(tx: Tx, held: Held, ids: readonly string[]): Promise<Taken | null> {
  const rows = await getStoredAll(tx, ids);
  const visible = new Set(rows.map(({ id }) => id));
  const hidden = ids.filter((id) => !visible.has(id));
  if (hidden.length > 0) markEvents(tx, held.id, hidden, 'withheld');
  if (rows.length === 0) return null;
  return takeDocument(tx, held, 'events', withinBytes(rows));
}

/** As many as go into one document, the first one whatever its size. */
function withinBytes(rows: readonly StoredRow[]): StoredRow[] {
  let size = 0;
  const end = rows.findIndex(({ event }) => {
    size += Buffer.byteLength(JSON.stringify(event));
    return size > limits.epcis_subscription_bytes;
  });
  return rows.slice(0, end < 0 ? rows.length : Math.max(1, end));
}

/** What was waiting is so no more. */
export function markEvents(
  tx: Tx,
  subscription: string,
  ids: string[],
  state: 'sent' | 'withheld' | 'too_large',
): void {
  tx.write(
    tx.db
      .updateTable('subscription_event')
      .set({ state })
      .where('chain_id', '=', tx.chain)
      .where('subscription_id', '=', subscription)
      .where('event_id', 'in', ids)
      .where('state', '=', 'waiting'),
  );
}

function takenOf(tx: Tx, held: Held, kind: Taken['kind'], words: readonly string[]) {
  const { id, dest, sealed_token, attempts, schedule } = held;
  const { position, reached, swept_at, initial_record_time } = held;
  const pause = kind === 'error' ? limits.epcis_subscription_error_ms : undefined;
  return {
    kind,
    id: idFrom('subscription', id, ...words),
    dest,
    sealed_token,
    reach: { id, position, reached, swept_at, initial_record_time },
    attempts,
    taken_at: tx.now,
    next_run_at: nextRun(tx, schedule, pause),
    is_too_large: false,
    event_ids: [] as string[],
    shows: [] as readonly unknown[],
  };
}

async function takeDocument(
  tx: Tx,
  held: Held,
  kind: 'events' | 'empty',
  rows: readonly StoredRow[],
): Promise<Taken> {
  const event_ids = rows.map(({ id }) => id);
  const query = { queryName: held.query_name, subscriptionID: held.id };
  const wish = { epcFormat: held.epc_format, prefixes: {} };
  const document = await queryDocument(tx, rows, wish, query);
  const words = kind === 'empty' ? [held.due_at ?? ''] : event_ids;
  return {
    ...takenOf(tx, held, kind, words),
    body: writeEpcisJson(document),
    event_ids,
    shows: sharedIn(tx, rows),
  };
}

/** What stood in the way of the query, in the form of an answer (REST binding, callbacks). */
function takeError(tx: Tx, held: Held, error: Fault): Taken {
  const is_too_large = ['goods.query_too_large', 'goods.query_too_complex'].includes(error.code);
  return {
    ...takenOf(tx, held, 'error', [error.code, held.due_at ?? '']),
    body: JSON.stringify({
      ...problemIn(error, 'en'),
      queryName: held.query_name,
      subscriptionID: held.id,
    }),
    is_too_large,
  };
}
