import { sql } from 'kysely';
import { firstIdAt, limits, type Tx } from '../../../kernel/index.ts';
import type { EventQuery } from '../epcis/query/condition.ts';
import { matches } from '../epcis/query/match.ts';
import { look, refuseMore, type Search, searchOf } from '../repository/find-events.ts';

/** How far a subscription has come. */
export type Reach = {
  id: string;
  /** Nothing below is new any more. */
  position: string;
  /** The last event that was looked at, and when those between the two were looked through. */
  reached: string;
  swept_at: string;
  initial_record_time: string;
};

/** Where a look begins: behind the last event, and from time to time behind the position again. */
type Beginning = { from: string; is_sweep: boolean };

function beginningOf(tx: Tx, { position, reached, swept_at }: Reach, isStream: boolean): Beginning {
  const age_ms = Date.parse(tx.now) - Date.parse(swept_at);
  const is_sweep = !isStream || reached <= position || age_ms >= limits.epcis_subscription_sweep_ms;
  return { from: is_sweep ? position : reached, is_sweep };
}

/**
 * Events that a subscription has not looked at. They become visible when they are committed, in
 * another order than that of their ids: one that is missing among its neighbours may come within
 * limits.epcis_subscription_overlap_ms, and is known by not being written down.
 */
async function unseen(tx: Tx, query: EventQuery, reach: Reach, from: string): Promise<Search> {
  const search = await searchOf(tx, query);
  const columns = [
    ...search.narrowing.columns,
    sql`e.id >= ${from}::uuid`,
    sql`e.recorded_at >= ${reach.initial_record_time}::timestamptz`,
    sql`not exists (select 1 from subscription_event s where s.chain_id = e.chain_id
      and s.subscription_id = ${reach.id}::uuid and s.event_id = e.id)`,
  ];
  return {
    query: search.query,
    // By what they name, all events of a thing would be read each time: here the new ones are few.
    narrowing: { ...search.narrowing, columns, items: null, isWhole: false },
    order: { by: 'arrival', direction: 'ASC' },
  };
}

/** The id below which nothing can become visible any more. */
const settledBelow = (tx: Tx) =>
  firstIdAt(new Date(Date.parse(tx.now) - limits.epcis_subscription_overlap_ms));

const least = (first: string, ...ids: string[]) => [first, ...ids].toSorted()[0] ?? first;

/**
 * Looks at the next events, oldest first, and writes down which of them wait to be sent.
 * @returns whether there is something to send or to look at now
 */
export async function lookOn(
  tx: Tx,
  query: EventQuery,
  reach: Reach,
  isStream: boolean,
): Promise<boolean> {
  const most = limits.epcis_subscription_look_events;
  const { from, is_sweep } = beginningOf(tx, reach, isStream);
  const { query: widened, narrowing, order } = await unseen(tx, query, reach, from);
  const { rows, isCut: isFull } = await look(tx, narrowing, order, null, most);
  const seen = rows.map(({ id, event, recorded_at }) => ({
    id,
    state: matches(event, widened, { recordTime: recorded_at }) ? 'waiting' : 'passed',
  }));
  await note(tx, reach, seen);
  const waiting = seen.find(({ state }) => state === 'waiting')?.id;
  const last = seen.at(-1)?.id;
  if (is_sweep) {
    const ends = [isFull ? last : undefined, waiting];
    moveTo(tx, reach, least(settledBelow(tx), ...ends.flatMap((end) => end ?? [])));
  }
  const isSwept = is_sweep && !isFull;
  if (isSwept || (last && last > reach.reached)) {
    const reached = last && last > reach.reached ? last : reach.reached;
    tx.write(
      tx.db
        .updateTable('query_subscription')
        .set({ reached, ...(isSwept ? { swept_at: tx.now } : {}) })
        .where('chain_id', '=', tx.chain)
        .where('owner_id', '=', tx.actor.party)
        .where('id', '=', reach.id),
    );
  }
  return isFull || waiting !== undefined;
}

async function note(
  tx: Tx,
  reach: Reach,
  seen: readonly { id: string; state: string }[],
): Promise<void> {
  if (seen.length === 0) return;
  const rows = seen.map(({ id, state }) => ({
    chain_id: tx.chain,
    subscription_id: reach.id,
    event_id: id,
    owner_id: tx.actor.party,
    state,
  }));
  await tx.db.insertInto('subscription_event').values(rows).execute();
}

/** Goes on, never back, and forgets what need not be known any more. */
function moveTo(tx: Tx, { id, position }: Reach, to: string): void {
  if (to <= position) return;
  tx.write(
    tx.db
      .updateTable('query_subscription')
      .set({ position: to })
      .where('chain_id', '=', tx.chain)
      .where('owner_id', '=', tx.actor.party)
      .where('id', '=', id),
  );
  tx.write(
    tx.db
      .deleteFrom('subscription_event')
      .where('chain_id', '=', tx.chain)
      .where('subscription_id', '=', id)
      .where('event_id', '<', to)
      .where('state', '<>', 'waiting'),
  );
}

/**
 * Of a run with a `maxEventCount`: whether there are more new events than that.
 * @throws goods.query_too_large, goods.query_too_complex
 */
export async function refuseTooMany(tx: Tx, query: EventQuery, reach: Reach): Promise<void> {
  if (query.maxEventCount === undefined) return;
  const search = await unseen(tx, query, reach, reach.position);
  await refuseMore(tx, search, query.maxEventCount);
}

/** Passes over what was recorded up to `at`: the receiver was told that it is too much. */
export async function passOver(tx: Tx, reach: Reach, at: string): Promise<void> {
  const from = firstIdAt(new Date(Date.parse(at) - limits.epcis_subscription_overlap_ms));
  const [, position = from] = [from, reach.position].toSorted();
  await sql`
    insert into subscription_event (chain_id, subscription_id, event_id, owner_id, state)
    select e.chain_id, ${reach.id}::uuid, e.id, ${tx.actor.party}::uuid, 'passed'
    from event e
    where e.chain_id = ${tx.chain}::uuid and e.id >= ${position}::uuid
      and e.recorded_at <= ${at}::timestamptz
    on conflict do nothing`.execute(tx.db);
  moveTo(tx, reach, position);
}
