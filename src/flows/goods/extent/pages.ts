import { sql } from 'kysely';
import { firstIdAt, limits, type Tx } from '../../../kernel/index.ts';
import type { Mention, RecordedEvent } from '../trace/index.ts';

/** An event of a page, with whose it is; null where the reader is in it. */
export type PageEvent = RecordedEvent & { id: string; capturer_id: string | null };

/** Events in the order of their ids, as the reader may see them, between two ids. */
export type Page = {
  /** The id behind which it begins; null: from the first on. */
  from: string | null;
  /** The last id that was looked at; null where there was none. */
  last: string | null;
  /** Whether nothing lies behind it, up to where it was asked for. */
  is_end: boolean;
  /** How many were looked at, whatever they say. */
  looked_at: number;
  /**
   * Those that say what goods are in, or were made into; none that was declared wrong. In JSON as
   * the database wrote it: only the thread that keeps them has the time to read it (`eventsOf`).
   */
  events: string;
};

/** An event that was declared wrong, and all that it names. */
export type Withdrawal = { event_id: string; items: string[] };

/** An event and its mentions in a page's JSON. */
type Written = [
  id: string,
  type: string,
  action: RecordedEvent['action'],
  event_time: string,
  capturer_id: string | null,
  mentions: WrittenMention[],
];
type WrittenMention = [
  item: string,
  role: Mention['role'] | 'transformation',
  by_class: boolean,
  quantity: string | null,
  uom: string | null,
];

/** All other events leave goods as they were. */
const tells = sql`(w.type in ('AggregationEvent', 'AssociationEvent', 'TransformationEvent')
  or (w.type = 'ObjectEvent' and w.action = 'DELETE'))`;

const named = sql`i.role in ('epc', 'parent', 'child', 'input', 'output', 'transformation')`;

/** The next page behind an id, up to another if one is given. */
export async function readPage(tx: Tx, from: string | null, upto: string | null): Promise<Page> {
  const behind = from === null ? sql`` : sql` and e.id > ${from}::uuid`;
  const until = upto === null ? sql`` : sql` and e.id <= ${upto}::uuid`;
  const { rows } = await sql<{ last: string | null; looked_at: string; events: string | null }>`
    with f as materialized (
        select e.*, sum(e.body_bytes) over (order by e.id rows unbounded preceding) as so_far
        from (select e.id, e.type, e.action, e.event_time, e.body_bytes, e.declares_error,
            case when ${tx.actor.party}::uuid = any(e.parties) then null else e.capturer_id end
              as capturer_id
          from event e where e.chain_id = ${tx.chain}::uuid${behind}${until}
          order by e.id limit ${limits.extent_page_events}) e),
      w as materialized (
        select * from f where so_far - body_bytes < ${limits.extent_page_bytes})
    select (select w.id from w order by w.id desc limit 1) as last,
      (select count(*) from w) as looked_at,
      (select json_agg(json_build_array(w.id, w.type, w.action, w.event_time, w.capturer_id,
          m.mentions) order by w.id)::text
        from w, lateral (
          select json_agg(json_build_array(i.item, i.role, i.by_class, i.quantity::text, i.uom)
            order by i.place) as mentions
          from event_item i
          where i.chain_id = ${tx.chain}::uuid and i.event_id = w.id and ${named}) m
        where ${tells} and m.mentions is not null and not w.declares_error
          and not exists (select 1 from event_void v
            where v.chain_id = ${tx.chain}::uuid and v.event_id = w.id)) as events
    `.execute(tx.db);
  const [head] = rows;
  const last = head?.last ?? null;
  const looked_at = Number(head?.looked_at ?? 0);
  return { from, last, is_end: last === null, looked_at, events: head?.events ?? '[]' };
}

/** Reads the events of a page. */
export function eventsOf({ events }: Page): PageEvent[] {
  return (JSON.parse(events) as Written[]).map(
    ([id, type, action, event_time, capturer_id, written]) => {
      const mentions: Mention[] = [];
      let transformation_id: string | null = null;
      for (const [item, role, by_class, quantity, uom] of written) {
        if (role === 'transformation') transformation_id = item;
        else mentions.push({ item, role, by_class, quantity, uom });
      }
      return { id, type, action, event_time, capturer_id, transformation_id, mentions };
    },
  );
}

/** What was declared wrong and may have become visible since a moment. */
export async function readWithdrawals(tx: Tx, since: string): Promise<Withdrawal[]> {
  const from = settledAt(since).toISOString();
  const { rows } = await sql<Withdrawal>`
    select v.event_id, array_agg(distinct i.item) as items
    from event_void v join event_item i
      on i.chain_id = ${tx.chain}::uuid and i.event_id = v.event_id and ${named}
    where v.chain_id = ${tx.chain}::uuid and v.recorded_at >= ${from}::timestamptz
    group by v.event_id limit ${limits.extent_withdrawals + 1}`.execute(tx.db);
  return rows;
}

/** What was recorded before this moment is visible by now, or never will be. */
const settledAt = (now: string): Date =>
  new Date(Date.parse(now) - limits.epcis_subscription_overlap_ms);
/** The same as an id. */
export const settledBelow = (now: string): string => firstIdAt(settledAt(now));

/** When an id was made, for how far a reading has come. */
export const momentOfId = (id: string): number =>
  Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
