import { sql } from 'kysely';
import { Decimal, offsetInZone, recordFact, type Tx } from '../../kernel/index.ts';
import { type EventItem, type GoodsEvent, productionStep } from './events.ts';
import { fault } from './faults.ts';
import { type Gtins, type LotOfProduct, lotKey, lotsAt } from './held-stock.ts';
import { getOwnPlace, type Place } from './places.ts';
import { keepingOf } from './shelf/keeping.ts';
import { recordEvents } from './stock.ts';

/** So much of a lot in sale, to be used up. `quantity` above zero, in `unit` of its stock row. */
export type UsedLot = LotOfProduct & { unit: string; quantity: string };
/** So much of a lot that comes into being. */
export type MadeLot = UsedLot & { product_name: string; best_before: string | null };

export type Production = {
  place_id: string;
  used: readonly UsedLot[];
  made: readonly MadeLot[];
  /** The production order, 生产任务单, where there is one: CBV 2.0, 7.3, `prodorder`. */
  order_number: string | null;
};

const lotName = ({ product_id, lot }: LotOfProduct) => `${product_id}|${lot}`;

/** A lot that stands twice would be in each other's way, and one made of itself has no origin. */
function refuseLotTwice(lines: readonly UsedLot[]): void {
  const seen = new Set<string>();
  for (const line of lines) {
    const key = lotName(line);
    if (seen.has(key)) throw fault('goods.lot_twice', { lot: line.lot || '—' });
    seen.add(key);
  }
}

/**
 * By which GTIN lots came into stock, by `lotName`: the order may have named a carton where the
 * catalogue has a piece, and what a partner makes for one buyer stands in no catalogue that the
 * buyer can read. Of several the first counts.
 */
async function gtinsByReceipt(tx: Tx, place_id: string, lots: readonly LotOfProduct[]) {
  const { rows } = await sql<LotOfProduct & { gtin: string }>`
    select distinct on (w.product_id, w.lot) w.product_id, w.lot, x.item ->> 'gtin' as gtin
    from unnest(${lots.map(({ product_id }) => product_id)}::uuid[],
      ${lots.map(({ lot }) => lot)}::text[]) w (product_id, lot)
    cross join lateral (select m.event_id, m.at from stock_movement m
      where m.chain_id = ${tx.chain}::uuid and m.owner_id = ${tx.actor.party}::uuid
        and m.place_id = ${place_id}::uuid and m.product_id = w.product_id and m.lot = w.lot
        and m.disposition = 'sellable_accessible' and m.quantity > 0
      order by m.at, m.event_id limit ${MOST_ARRIVALS}) m
    join event e on e.chain_id = ${tx.chain}::uuid and e.id = m.event_id
    cross join jsonb_array_elements(e.movement -> 'items') x (item)
    where e.chain_id = ${tx.chain}::uuid and x.item ->> 'product_id' = w.product_id::text
      and coalesce(x.item ->> 'lot', '') = w.lot and x.item ->> 'gtin' is not null
    order by w.product_id, w.lot, m.at, m.event_id`.execute(tx.db);
  return new Map(rows.map((row) => [lotName(row), row.gtin]));
}

/** A lot comes in a few times; the first of them say what it is. */
const MOST_ARRIVALS = 20;

/** Inputs as events have them: with a minus, for they leave. @throws goods.lot_not_here */
async function itemsUsed(
  tx: Tx,
  place_id: string,
  used: readonly UsedLot[],
  gtins: Gtins,
): Promise<EventItem[]> {
  // Locked before they are looked at: what is put on hold meanwhile is not here any more.
  const rows = await lotsAt(tx, place_id, used, 'sellable_accessible').forUpdate().execute();
  const lying = new Map(rows.map((row) => [lotKey(row), row]));
  const received = await gtinsByReceipt(tx, place_id, used);
  return used.map((line) => {
    const row = lying.get(lotKey(line));
    if (!row) throw fault('goods.lot_not_here', { lot: line.lot || '—' });
    const gtin = received.get(lotName(line)) ?? gtins.get(line.product_id) ?? null;
    const { product_name, best_before } = row;
    const quantity = new Decimal(line.quantity).negated().toFixed();
    return itemOf({ ...line, product_name, best_before, quantity }, gtin);
  });
}

const itemOf = (line: MadeLot, gtin: string | null): EventItem => ({
  ...line,
  gtin,
  sscc: null,
  disposition: 'sellable_accessible',
});

function eventAt(tx: Tx, place: Place, items: readonly EventItem[], order: string | null) {
  const event: GoodsEvent = {
    id: tx.newId(),
    step: productionStep,
    at: tx.now,
    zone_offset: offsetInZone(tx.now, tx.zone),
    owner_id: tx.actor.party,
    place_id: place.id,
    place_gln: place.gln,
    items,
    transactions: order === null ? [] : [{ type: 'prodorder', number: order }],
    source_id: null,
    destination_id: null,
    reason: null,
  };
  return event;
}

/**
 * Lots are made of others at a place of the actor's: one EPCIS TransformationEvent (EPCIS 2.0,
 * 7.4.6), by which what was used leaves the stock and what was made enters it.
 * @param gtins of the products, as far as the catalogue shows them
 * @throws goods.place_unknown, goods.made_by_events, goods.lot_twice, goods.lot_not_here,
 *   goods.stock_short
 */
export async function recordProduction(
  tx: Tx,
  { place_id, used, made, order_number }: Production,
  gtins: Gtins,
): Promise<{ event_id: string }> {
  refuseLotTwice([...used, ...made]);
  const place = await getOwnPlace(tx, place_id);
  const keeping = (await keepingOf(tx, [place.id])).get(place.id);
  if (keeping?.kept_by === 'events') throw fault('goods.made_by_events');
  const outputs = made.map((line) => itemOf(line, gtins.get(line.product_id) ?? null));
  const items = [...(await itemsUsed(tx, place_id, used, gtins)), ...outputs];
  const event = eventAt(tx, place, items, order_number);
  await recordEvents(tx, [event], []);
  await recordFact(tx, {
    type: 'goods.production.recorded',
    subject: place.id,
    parties: [tx.actor.party],
    body: { event_id: event.id, order_number, used, made },
  });
  return { event_id: event.id };
}
