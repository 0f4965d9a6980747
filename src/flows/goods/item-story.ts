import { sql } from 'kysely';
import { dateInZone, isCalendarDay, limits, type Tx } from '../../kernel/index.ts';
import type { Extension } from './epcis/event.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import { lotDataOf } from './epcis/lot-data.ts';
import { bareWord } from './epcis/vocabulary.ts';
import { membersNamed } from './repository/audience.ts';

/** Something that happened to an item, without who bought it or how much it was. */
export type ItemStep = {
  /** The event's time, UTC. */
  readonly at: string;
  /**
   * A business step of CBV as a bare word, or the URI of somebody's own; null where none is said.
   */
  readonly step: string | null;
  /** Where, by the URI under which events name the place. */
  readonly place: string | null;
  /** Who says so. */
  readonly by: string;
};

/** What the actor can say of an item that it made or handled. Days are in the chain's zone. */
export type ItemStory = {
  /** In the order in which it happened. */
  readonly steps: readonly ItemStep[];
  readonly produced_on: string | null;
  readonly best_before: string | null;
  readonly expires_on: string | null;
};

/** How trade's own records name a lot: best before stands there. */
export type LotOfGtin = { readonly gtin: string; readonly lot: string };

type Row = {
  event_time: string;
  capturer_id: string;
  biz_step: string | null;
  read_point: string | null;
  biz_location: string | null;
  sources: readonly { id: string }[] | null;
  destinations: readonly { id: string }[] | null;
  ilmd: Extension[] | null;
  best_before: string | null;
};

/** Steps at which something comes into being (CBV 2.0, 7.1). */
const MAKING = new Set(['commissioning', 'creating_class_instance']);

/**
 * The oldest events of some parties that name the item as itself, which count: none that was
 * declared wrong. By party, for whoever may write events must not crowd out those of others.
 */
async function eventsNaming(
  tx: Tx,
  item: string,
  lot: LotOfGtin | null,
  by: readonly string[],
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select f.event_time, f.capturer_id, f.biz_step, f.read_point, f.biz_location,
      f.body -> 'sourceList' as sources, f.body -> 'destinationList' as destinations,
      f.body -> 'ilmd' as ilmd,
      (select min(x ->> 'best_before') from jsonb_array_elements(f.movement -> 'items') x
        where x ->> 'gtin' = ${lot?.gtin ?? ''} and x ->> 'lot' = ${lot?.lot ?? ''}) as best_before
    from (select n.*, sum(n.body_bytes) over (rows unbounded preceding) as so_far
      from (select e.* from (select distinct i.event_id from event_item i
          where i.chain_id = ${tx.chain}::uuid and i.item = ${item}
            and i.role in ('epc', 'child', 'output') and i.capturer_id = any(${by}::uuid[])
            and ${tx.actor.party}::uuid = any(i.parties)) m
        join event e on e.chain_id = ${tx.chain}::uuid and e.id = m.event_id
        where e.chain_id = ${tx.chain}::uuid and not e.declares_error
          and not exists (select 1 from event_void v
            where v.chain_id = e.chain_id and v.event_id = e.id)
        order by e.event_time, e.id
        limit ${limits.consumer_events}) n) f
    where f.so_far <= ${limits.consumer_event_bytes}
    order by f.event_time, f.id`.execute(tx.db);
  return rows;
}

const urisOf = ({ sources, destinations }: Row) =>
  [...(sources ?? []), ...(destinations ?? [])].map(({ id }) => canonicalIdentity(id.trim()));

/** A day that the makers of an item have written on it, from what they sent with its events. */
function dayIn(rows: readonly Row[], ...names: string[]): string | null {
  for (const { ilmd } of rows) {
    for (const name of names) {
      const day = lotDataOf(ilmd, name)?.slice(0, 10) ?? '';
      if (isCalendarDay(day)) return day;
    }
  }
  return null;
}

/**
 * The story of an item as the actor can tell it, or null where the actor has recorded nothing of
 * it: what others alone have written does not make a lot the actor's. A step of another party
 * counts where an event of the actor's own names that party as its other side.
 * @param item in canonical form
 */
export async function storyOfItem(
  tx: Tx,
  item: string,
  lot: LotOfGtin | null,
): Promise<ItemStory | null> {
  const { party } = tx.actor;
  const own = await eventsNaming(tx, item, lot, [party]);
  if (own.length === 0) return null;
  const partners = new Set((await membersNamed(tx, own.flatMap(urisOf))).values());
  partners.delete(party);
  const others = partners.size > 0 ? await eventsNaming(tx, item, null, [...partners]) : [];
  const made = own.find(({ biz_step }) => MAKING.has(wordOf(biz_step) ?? ''));
  const written = dayIn(own, 'productionDate');
  const stocked = own.flatMap(({ best_before }) => best_before ?? []).toSorted()[0];
  return {
    steps: [...own, ...others].map(stepOf).toSorted((one, other) => one.at.localeCompare(other.at)),
    produced_on: written ?? (made ? dateInZone(isoOf(made.event_time), tx.zone) : null),
    best_before: dayIn(own, 'bestBeforeDate', 'sellByDate') ?? stocked ?? null,
    expires_on: dayIn(own, 'itemExpirationDate'),
  };
}

const isoOf = (time: string) => new Date(time).toISOString();
const wordOf = (step: string | null) =>
  step === null ? null : (bareWord('bizStep', step) ?? step);

const stepOf = (row: Row): ItemStep => ({
  at: isoOf(row.event_time),
  step: wordOf(row.biz_step),
  place: row.read_point ?? row.biz_location,
  by: row.capturer_id,
});
