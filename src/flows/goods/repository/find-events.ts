import { type RawBuilder, sql } from 'kysely';
import { assert, limits, present, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent, Extension } from '../epcis/event.ts';
import { plainDecimal } from '../epcis/plain-decimal.ts';
import {
  type Condition,
  type EventQuery,
  isPlaceField,
  isWordField,
} from '../epcis/query/condition.ts';
import { compares, matches } from '../epcis/query/match.ts';
import { compareMeasures } from '../epcis/query/measures.ts';
import { webUri } from '../epcis/vocabulary.ts';
import { fault } from '../faults.ts';
import { elementsHaving, placesWithin } from './master-data.ts';
import { type Narrowing, narrowingOf } from './narrowing.ts';
import { patiently } from './patience.ts';

/** An event as it is stored: what it says, and what the repository knows beside it. */
export type StoredRow = {
  id: string;
  event: EpcisEvent;
  event_time: string;
  recorded_at: string;
  capturer_id: string;
  parties: string[];
  prefixes: Record<string, string> | null;
  body_bytes: number;
};

/** Where a page ends: events behind `at` and `id` in the order asked for come next. */
export type Cursor = {
  at: string;
  id: string;
  /** How many events an `eventCountLimit` leaves for the pages that follow. */
  left: number | null;
  /** Of an order by an extension: how many events came before, where `id` is not seen any more. */
  before?: number;
};

export type EventPage = { events: StoredRow[]; next: Cursor | null };

/** `arrival` is the order of ids, by which a subscription knows how far it has come. */
type Order = { by: 'eventTime' | 'recordTime' | 'arrival'; direction: 'ASC' | 'DESC' };

const rowColumns = sql`e.id, e.event_time, e.recorded_at, e.capturer_id, e.parties, e.body,
  e.prefixes, e.body_bytes`;

type Look = { rows: StoredRow[]; isCut: boolean };

/**
 * Rows behind `after` in the order, at most `limit` and hardly more than limits.epcis_page_bytes;
 * the walls of the tables hold here as well.
 */
export async function look(
  tx: Tx,
  { columns, items, hasVoid }: Narrowing,
  { by, direction }: Order,
  after: Pick<Cursor, 'at' | 'id'> | null,
  limit: number,
): Promise<Look> {
  const way = sql.raw(direction === 'ASC' ? '>' : '<');
  const isByTime = by === 'eventTime';
  const column = sql.raw(isByTime ? 'event_time' : 'recorded_at');
  const at = by === 'arrival' ? sql`e.id` : sql`e.${column}`;
  const conditions: RawBuilder<unknown>[] = [sql`e.chain_id = ${tx.chain}::uuid`, ...columns];
  if (after) {
    const end = by === 'arrival' ? sql`${after.id}::uuid` : sql`${after.at}::timestamptz`;
    conditions.push(sql`(${at}, e.id) ${way} (${end}, ${after.id}::uuid)`);
  }
  if (!hasVoid) {
    conditions.push(sql`not exists (select 1 from event_void v
      where v.chain_id = e.chain_id and v.event_id = e.id)`);
  }
  const from = items === null ? sql`event e` : namingThem(tx, items, isByTime, way, after);
  const sorted = sql.raw(direction === 'ASC' ? '' : 'desc');
  const inOrder = sql`${at} ${sorted}, e.id ${sorted}`;
  const asking = sql<Found>`
    select ${rowColumns} from (
      select e.*, sum(e.body_bytes) over (order by ${inOrder} rows unbounded preceding) as so_far
      from ${from} where ${sql.join(conditions, sql` and `)}
      order by ${inOrder} limit ${limit}) e
    where e.so_far - e.body_bytes < ${limits.epcis_page_bytes}
    order by ${inOrder}`.execute(tx.db);
  const { rows } = await patiently(asking);
  const bytes = rows.reduce((sum, { body_bytes }) => sum + body_bytes, 0);
  return {
    rows: rows.map(({ body, ...row }) => ({ ...row, event: body })),
    isCut: rows.length === limit || bytes >= limits.epcis_page_bytes,
  };
}

type Found = Omit<StoredRow, 'event'> & { body: EpcisEvent };

/** Events by what they name: each once, whatever it names how often. */
function namingThem(
  tx: Tx,
  items: RawBuilder<unknown>,
  isByTime: boolean,
  way: RawBuilder<unknown>,
  after: Pick<Cursor, 'at' | 'id'> | null,
) {
  const behind =
    after && isByTime
      ? sql` and (i.event_time, i.event_id) ${way}= (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql``;
  return sql`(select distinct i.event_time as named_at, i.event_id from event_item i
    where i.chain_id = ${tx.chain}::uuid and ${items}${behind}) n
    join event e on e.chain_id = ${tx.chain}::uuid and e.id = n.event_id`;
}

/**
 * Conditions that rest on master data, by what stands there now: `WD_` looks for all places within
 * those asked for, `HASATTR_` and `EQ_ATTR_` for the elements that have an attribute.
 */
async function withMasterData(tx: Tx, conditions: readonly Condition[]): Promise<Condition[]> {
  const resolved: Condition[] = [];
  for (const one of conditions) {
    if (one.on === 'place' && one.below) {
      resolved.push({ ...one, values: [...(await placesWithin(tx, one.values))], below: false });
    } else if (one.on === 'masterData') resolved.push(await havingAttribute(tx, one));
    else resolved.push(one);
  }
  return resolved;
}

async function havingAttribute(
  tx: Tx,
  { name, field, attributes, operand }: Extract<Condition, { on: 'masterData' }>,
): Promise<Condition> {
  const fits = (value: string) => operand === null || compares(value, 'EQ', operand);
  const found = await elementsHaving(tx, attributes, fits);
  const values = isWordField(field) ? found.map((one) => webUri(field, one)) : found;
  return isPlaceField(field)
    ? { name, on: 'place', of: field, values, below: false }
    : { name, on: 'element', field, values };
}

export type Search = { query: EventQuery; narrowing: Narrowing; order: Order };

export async function searchOf(tx: Tx, query: EventQuery): Promise<Search> {
  const widened = { ...query, conditions: await withMasterData(tx, query.conditions) };
  const by = query.orderBy === 'recordTime' ? 'recordTime' : 'eventTime';
  const order: Order = { by, direction: query.orderDirection };
  return { query: widened, narrowing: narrowingOf(widened), order };
}

type Walk = { events: StoredRow[]; last: StoredRow | null; isEnd: boolean };

/**
 * Looks through candidates in their order until `wanted` of them fit, or limits.epcis_looked_events
 * have been looked at, or those that fit have `most_bytes`, or there are no more.
 */
async function walk(
  tx: Tx,
  { query, narrowing, order }: Search,
  after: Pick<Cursor, 'at' | 'id'> | null,
  { wanted, most_bytes }: { wanted: number; most_bytes: number },
): Promise<Walk> {
  const events: StoredRow[] = [];
  let [last, looked, bytes]: [StoredRow | null, number, number] = [null, 0, 0];
  let from = after;
  for (let batch = narrowing.isWhole ? wanted : Math.max(wanted, 100); ; batch *= 4) {
    const size = Math.min(batch, limits.epcis_looked_events - looked, 2_000);
    const { rows, isCut } = await look(tx, narrowing, order, from, size);
    for (const row of rows) {
      last = row;
      if (!matches(row.event, query, { recordTime: row.recorded_at })) continue;
      events.push(row);
      bytes += row.body_bytes;
      if (events.length === wanted || bytes >= most_bytes) return { events, last, isEnd: false };
    }
    looked += rows.length;
    if (!isCut) return { events, last, isEnd: true };
    if (looked >= limits.epcis_looked_events) return { events, last, isEnd: false };
    from = cursorTo(present(last, 'a batch that was cut has a last row'), order);
  }
}

const cursorTo = ({ event_time, recorded_at, id }: StoredRow, { by }: Order) => ({
  at: by === 'eventTime' ? event_time : recorded_at,
  id,
});

/**
 * One page of the events that a query asks for, at most `limit`. A page may be short and have a
 * next one all the same: what it may look through is bounded.
 * @throws goods.query_too_large, goods.query_too_complex, goods.query_too_slow, goods.page_unknown
 */
export async function findEvents(
  tx: Tx,
  query: EventQuery,
  { limit, after }: { limit: number; after: Cursor | null },
): Promise<EventPage> {
  const search = await searchOf(tx, query);
  const { orderBy, maxEventCount, eventCountLimit } = query;
  if (maxEventCount !== undefined && after === null) await refuseMore(tx, search, maxEventCount);
  if (orderBy?.startsWith('{')) return byExtension(tx, search, orderBy, { limit, after });
  // A token that was not ours: those of the other order have no time.
  if (after?.at === '') throw fault('goods.page_unknown');
  const left = after ? after.left : (eventCountLimit ?? null);
  const most = left === null ? limit : Math.min(limit, left);
  // One more than the page tells whether there is a next one.
  const most_bytes = limits.epcis_page_bytes;
  const found = await walk(tx, search, after, { wanted: most + 1, most_bytes });
  const events = found.events.slice(0, most);
  const remaining = left === null ? null : left - events.length;
  const isLast = remaining === 0 || (found.isEnd && found.events.length <= most);
  const end = found.events.length > most ? events.at(-1) : found.last;
  if (isLast || !end) return { events, next: null };
  return { events, next: { ...cursorTo(end, search.order), left: remaining } };
}

/**
 * `maxEventCount` fails above N (EPCIS 2.0, 8.2.7.1), not at N.
 * @throws goods.query_too_large, goods.query_too_complex
 */
export async function refuseMore(tx: Tx, search: Search, most: number): Promise<void> {
  const wanted = Math.min(most, limits.epcis_looked_events) + 1;
  const found = await walk(tx, search, null, { wanted, most_bytes: limits.epcis_ordered_bytes });
  if (found.events.length > most) throw fault('goods.query_too_large', { most });
  if (!found.isEnd) throw fault('goods.query_too_complex', { most: limits.epcis_looked_events });
}

/**
 * In the order of an extension no index helps: all events are sorted for each page, which begins
 * behind the last event of the page before, so that nothing is seen twice.
 */
async function byExtension(
  tx: Tx,
  search: Search,
  name: string,
  { limit, after }: { limit: number; after: Cursor | null },
): Promise<EventPage> {
  const most = limits.epcis_ordered_events;
  const most_bytes = limits.epcis_ordered_bytes;
  const found = await walk(tx, search, null, { wanted: most + 1, most_bytes });
  if (!found.isEnd) throw fault('goods.query_too_complex', { most });
  const { direction } = search.order;
  const sorted = found.events.toSorted((one, other) =>
    compareBy(name, one.event, other.event, direction),
  );
  const seen = after ? sorted.findIndex(({ id }) => id === after.id) + 1 : 0;
  const start = seen > 0 ? seen : (after?.before ?? 0);
  const left = after ? after.left : (search.query.eventCountLimit ?? null);
  const events = withinBytes(sorted.slice(start, start + Math.min(limit, left ?? limit)));
  const remaining = left === null ? null : left - events.length;
  const before = start + events.length;
  const end = events.at(-1);
  if (!end || remaining === 0 || before >= sorted.length) return { events, next: null };
  return { events, next: { at: '', id: end.id, left: remaining, before } };
}

/** The first of some events, so many as a page may hold, and one in any case. */
function withinBytes(events: readonly StoredRow[]): StoredRow[] {
  let bytes = 0;
  return events.filter(({ body_bytes }) => {
    const fits = bytes < limits.epcis_page_bytes;
    bytes += body_bytes;
    return fits;
  });
}

const textOf = (name: string, { extensions = [] }: EpcisEvent) =>
  extensions.find((one: Extension) => one.name === name)?.text?.trim();

/**
 * Numbers by their size and before other texts, those by their letters; events without a value come
 * last. Texts among numbers by their letters would be no order: 9, 10, 5a, 9 again.
 */
function compareBy(name: string, one: EpcisEvent, other: EpcisEvent, direction: 'ASC' | 'DESC') {
  const [left, right] = [textOf(name, one), textOf(name, other)];
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined);
  }
  const isNumber = plainDecimal(left) !== undefined;
  let order = Number(left > right) - Number(left < right);
  if (isNumber !== (plainDecimal(right) !== undefined)) order = isNumber ? -1 : 1;
  else if (isNumber) order = compareMeasures({ value: left }, { value: right }) ?? 0;
  return direction === 'ASC' ? order : -order;
}

type Alone = { event_uri: string; is_trade: boolean };

/** One event by the id that it has here. @throws goods.event_unknown */
export async function getStored(tx: Tx, id: string): Promise<StoredRow & Alone> {
  const { rows } = await sql<Omit<StoredRow, 'event'> & { body: EpcisEvent } & Alone>`
    select ${rowColumns}, e.event_uri, e.movement is not null as is_trade from event e
    where e.chain_id = ${tx.chain}::uuid and e.id = ${id}::uuid`.execute(tx.db);
  const [row] = rows;
  if (!row) throw fault('goods.event_unknown');
  const { body, ...rest } = row;
  return { ...rest, event: body };
}

/** Those of some events that the actor may see now, in the order in which they were recorded. */
export async function getStoredAll(tx: Tx, ids: readonly string[]): Promise<StoredRow[]> {
  const { rows } = await sql<Omit<StoredRow, 'event'> & { body: EpcisEvent }>`
    select ${rowColumns} from event e
    where e.chain_id = ${tx.chain}::uuid and e.id = any(${ids}::uuid[])
    order by e.id`.execute(tx.db);
  return rows.map(({ body, ...row }) => ({ ...row, event: body }));
}

/** All that stands under one eventID, declared wrong or not. @throws goods.event_unknown */
export async function getEvents(tx: Tx, eventID: string): Promise<StoredRow[]> {
  const values = [eventID];
  const condition: Condition = { name: 'EQ_eventID', on: 'value', of: 'eventID', values };
  const query: EventQuery = { conditions: [condition], orderDirection: 'ASC' };
  const { events } = await findEvents(tx, query, { limit: limits.epcis_page_events, after: null });
  assert(events.length <= limits.epcis_page_events, 'a page is bounded');
  if (events.length === 0) throw fault('goods.event_unknown');
  return events;
}
