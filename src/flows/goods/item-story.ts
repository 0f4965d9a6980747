import { sql } from 'kysely';
import { dateInZone, isCalendarDay, limits, type Tx } from '../../kernel/index.ts';
import type { Extension } from './epcis/event.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import { bareWord } from './epcis/vocabulary.ts';
import { membersNamed } from './repository/audience.ts';

/** Something that happened to an item, without who bought it or how much it was. */
export type ItemStep = {
  /** The event's time, UTC. */
  readonly at: string;
  /** A business step of CBV as a bare word, or the URI of somebody's own; null where none is said. */
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

type Row = {
  event_time: string;
  capturer_id: string;
  biz_step: string | null;
  read_point: string | null;
  biz_location: string | null;
  sources: readonly { id: string }[] | null;
  destinations: readonly { id: string }[] | null;
  ilmd: Extension[] | null;
};

/** Master data of an instance or a lot (CBV 2.0, 9.3), by their local names. */
const MDA = '{urn:epcglobal:cbv:mda}';
const MAKING = new Set(['commissioning', 'creating_class_instance']);

/** The oldest events that name the item as itself, which count: not those declared wrong. */
async function eventsNaming(tx: Tx, item: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select f.event_time, f.capturer_id, f.biz_step, f.read_point, f.biz_location,
      f.body -> 'sourceList' as sources, f.body -> 'destinationList' as destinations,
      f.body -> 'ilmd' as ilmd
    from (select e.*, sum(e.body_bytes) over (order by e.event_time, e.id) as so_far
      from (select distinct i.event_id from event_item i
        where i.chain_id = ${tx.chain}::uuid and i.item = ${item}
          and i.role in ('epc', 'child', 'output')) n
      join event e on e.chain_id = ${tx.chain}::uuid and e.id = n.event_id
      where e.chain_id = ${tx.chain}::uuid and not e.declares_error
        and not exists (select 1 from event_void v
          where v.chain_id = e.chain_id and v.event_id = e.id)
      order by e.event_time, e.id
      limit ${limits.consumer_events}) f
    where f.so_far <= ${limits.consumer_event_bytes}
    order by f.event_time, f.id`.execute(tx.db);
  return rows;
}

const urisOf = ({ sources, destinations }: Row) =>
  [...(sources ?? []), ...(destinations ?? [])].map(({ id }) => canonicalIdentity(id.trim()));

/** A day that the makers of an item have written on it, from what they sent with its events. */
function dayIn(rows: readonly Row[], ...names: string[]): string | null {
  for (const { ilmd } of rows) {
    for (const { name, text = '' } of ilmd ?? []) {
      const day = text.slice(0, 10);
      if (names.some((one) => name === `${MDA}${one}`) && isCalendarDay(day)) return day;
    }
  }
  return null;
}

/**
 * The story of an item as the actor can tell it, or null where the actor has recorded nothing of it:
 * what others alone have written does not make a lot the actor's. A step of another party counts
 * where an event of the actor's own names that party as its other side.
 * @param item in canonical form
 * @param stocked what the actor's stock knows the item as: best before stands there
 */
export async function storyOfItem(
  tx: Tx,
  item: string,
  stocked: { product_id: string; lot: string } | null,
): Promise<ItemStory | null> {
  const rows = await eventsNaming(tx, item);
  const own = rows.filter(({ capturer_id }) => capturer_id === tx.actor.party);
  if (own.length === 0) return null;
  const partners = new Set((await membersNamed(tx, own.flatMap(urisOf))).values());
  const counting = rows.filter(({ capturer_id: by }) => by === tx.actor.party || partners.has(by));
  const made = own.find(({ biz_step }) => MAKING.has(wordOf(biz_step) ?? ''));
  const written = dayIn(own, 'productionDate');
  return {
    steps: counting.map((row) => ({
      at: isoOf(row.event_time),
      step: wordOf(row.biz_step),
      place: row.read_point ?? row.biz_location,
      by: row.capturer_id,
    })),
    produced_on: written ?? (made ? dateInZone(isoOf(made.event_time), tx.zone) : null),
    best_before:
      dayIn(own, 'bestBeforeDate', 'sellByDate') ?? (stocked && (await bestBefore(tx, stocked))),
    expires_on: dayIn(own, 'itemExpirationDate'),
  };
}

const isoOf = (time: string) => new Date(time).toISOString();
const wordOf = (step: string | null) =>
  step === null ? null : (bareWord('bizStep', step) ?? step);

async function bestBefore(
  tx: Tx,
  { product_id, lot }: { product_id: string; lot: string },
): Promise<string | null> {
  const row = await tx.db
    .selectFrom('stock')
    .select(({ fn }) => fn.min('best_before').as('day'))
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('product_id', '=', product_id)
    .where('lot', '=', lot)
    .executeTakeFirst();
  return row?.day ?? null;
}
