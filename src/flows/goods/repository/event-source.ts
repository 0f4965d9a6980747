import { type RawBuilder, sql } from 'kysely';
import { limits, type Tx } from '../../../kernel/index.ts';
import type { EpcisEvent, TypedId } from '../epcis/event.ts';
import { canonicalIdentity } from '../epcis/identity/identity.ts';
import { bareWord, type Vocabulary } from '../epcis/vocabulary.ts';
import { fault } from '../faults.ts';
import type { EventSource, Mention, TraceEvent } from '../trace/graph.ts';
import { mentionsOf } from './mentions.ts';

type Row = {
  id: string;
  event_time: string;
  recorded_at: string;
  capturer_id: string;
  read_point: string | null;
  biz_location: string | null;
  body: EpcisEvent;
};

const word = (vocabulary: Vocabulary, value: string | undefined) =>
  value === undefined ? null : (bareWord(vocabulary, value) ?? value);

const ends = (list: readonly TypedId[] = []) =>
  list.map(({ type = '', id }) => ({
    type: bareWord('sourceDestination', type) ?? type,
    id: canonicalIdentity(id.trim()),
  }));

function traceEventOf({ body, ...row }: Row): TraceEvent {
  const named = mentionsOf(body);
  const mentions = named.filter(
    ({ role }) => role !== 'transaction' && role !== 'transformation',
  ) as Mention[];
  return {
    ...row,
    event_time: new Date(row.event_time).toISOString(),
    type: body.type,
    action: (body.action ?? null) as TraceEvent['action'],
    biz_step: word('bizStep', body.bizStep),
    disposition: word('disposition', body.disposition),
    transformation_id: named.find(({ role }) => role === 'transformation')?.item ?? null,
    transactions: named.flatMap(({ role, item }) => (role === 'transaction' ? [item] : [])),
    sources: ends(body.sourceList),
    destinations: ends(body.destinationList),
    mentions,
  };
}

/**
 * What one question may read in all, for an event may be of any size and all are held at once; and
 * as known at which moment, null being now.
 */
type Asking = { bytes: number; known_at: string | null };

/**
 * Events that count: none that was declared wrong by then, nor a declaration, which says the same.
 * @throws goods.trace_too_wide where they are larger than the budget that is left
 */
async function read(
  tx: Tx,
  asking: Asking,
  from: RawBuilder<unknown>,
  limit: number,
): Promise<TraceEvent[]> {
  const { rows } = await sql<Row & { body_bytes: number }>`
    select c.id, c.event_time, c.recorded_at, c.capturer_id, c.read_point, c.biz_location, c.body,
      c.body_bytes
    from (select f.*, sum(f.body_bytes) over (rows unbounded preceding) as so_far
      from (select e.* from ${from}
        and not e.declares_error and not exists (select 1 from event_void v
          where v.chain_id = e.chain_id and v.event_id = e.id
            and v.recorded_at <= coalesce(${asking.known_at}::timestamptz, v.recorded_at))
        limit ${limit}) f) c
    where c.so_far - c.body_bytes < ${asking.bytes}`.execute(tx.db);
  asking.bytes -= rows.reduce((sum, { body_bytes }) => sum + body_bytes, 0);
  if (asking.bytes <= 0) throw fault('goods.trace_too_wide');
  return rows.map(({ body_bytes: _, ...row }) => traceEventOf(row));
}

function naming(tx: Tx, items: readonly string[], roles: RawBuilder<unknown>) {
  return sql`(select distinct i.event_id from event_item i
      where i.chain_id = ${tx.chain}::uuid and i.item = any(${items}::text[]) and ${roles}) n
    join event e on e.chain_id = ${tx.chain}::uuid and e.id = n.event_id
    where e.chain_id = ${tx.chain}::uuid`;
}

const things = sql`i.role in ('epc', 'parent', 'child', 'input', 'output')`;

/** What a trace asks of storage, as the actor may see it: a few statements for each hop. */
export function eventSource(
  tx: Tx,
  known_at: string | null = null,
  bytes: number = limits.trace_bytes,
): EventSource {
  const asking = { bytes, known_at };
  return {
    eventsOf: (items, limit) => read(tx, asking, naming(tx, items, things), limit),
    eventsOfTransformation: (ids, limit) =>
      read(tx, asking, naming(tx, ids, sql`i.role = 'transformation'`), limit),
    eventsOfTransaction: (ids, limit) =>
      read(tx, asking, naming(tx, ids, sql`i.role = 'transaction'`), limit),
    eventsAt: (places, from, to, limit) => {
      const since = from === null ? sql`` : sql` and e.event_time >= ${from}::timestamptz`;
      const until = to === null ? sql`` : sql` and e.event_time < ${to}::timestamptz`;
      const at = sql`(e.read_point = any(${places}::text[])
        or e.biz_location = any(${places}::text[]))`;
      const where = sql`event e where e.chain_id = ${tx.chain}::uuid and ${at}${since}${until}`;
      return read(tx, asking, where, limit);
    },
  };
}
