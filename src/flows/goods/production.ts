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
/**
 * So much of a lot that comes into being. `best_before`: null is none; absent, that of what lies
 * there of the lot already, or else `shelf_life_until`.
 */
export type MadeLot = UsedLot & {
  product_name: string;
  best_before?: string | null | undefined;
  shelf_life_until: string | null;
};

export type Production = {
  place_id: string;
  used: readonly UsedLot[];
  made: readonly MadeLot[];
  /** The production order, 生产任务单, where there is one: CBV 2.0, 7.3, `prodorder`. */
  order_number: string | null;
};

const lotName = ({ product_id, lot }: LotOfProduct) => `${product_id}|${lot}`;

/** One row of stock in two lines would be looked at twice; a lot made of itself has no origin. */
function refuseLotTwice({ used, made }: Pick<Production, 'used' | 'made'>): void {
  const refuse = ({ lot }: LotOfProduct): never => {
    throw fault('goods.lot_twice', { lot: lot || '—' });
  };
  const rows = new Set<string>();
  const lots = new Set(used.map(lotName));
  for (const line of used) {
    if (rows.has(lotKey(line))) refuse(line);
    rows.add(lotKey(line));
  }
  for (const line of made) {
    if (lots.has(lotName(line))) refuse(line);
    lots.add(lotName(line));
  }
}

/**
 * By which GTIN lots came into stock, by `lotName`: the order may have named a carton where the
 * catalogue has a piece, and what a partner makes for one buyer stands in no catalogue that the
 * buyer can read. Of several the first counts; the order is that of the key, which needs no sort.
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
      order by m.unit, m.stint, m.at, m.event_id limit ${MOST_ARRIVALS}) m
    join event e on e.chain_id = ${tx.chain}::uuid and e.id = m.event_id
    cross join jsonb_array_elements(e.movement -> 'items') x (item)
    where e.chain_id = ${tx.chain}::uuid and x.item ->> 'product_id' = w.product_id::text
      and coalesce(x.item ->> 'lot', '') = w.lot and x.item ->> 'gtin' is not null
    order by w.product_id, w.lot, m.at, m.event_id`.execute(tx.db);
  return new Map(rows.map((row) => [lotName(row), row.gtin]));
}

/** A lot comes in a few times; the first of them say what it is. */
const MOST_ARRIVALS = 20;

type Lying = Awaited<ReturnType<typeof lyingAt>>;

/**
 * What lies at a place of all these lots, locked before it is looked at: what is put on hold
 * meanwhile is not here any more. Those that are made are locked with those that are used, for of
 * two productions each may make what the other uses.
 */
async function lyingAt(tx: Tx, { place_id, used, made }: Production) {
  const lots = [...used, ...made];
  const rows = await lotsAt(tx, place_id, lots, 'sellable_accessible').forUpdate().execute();
  return new Map(rows.map((row) => [lotKey(row), row]));
}

/** Inputs as events have them: with a minus, for they leave. @throws goods.lot_not_here */
async function itemsUsed(
  tx: Tx,
  { place_id, used }: Production,
  lying: Lying,
  gtins: Gtins,
): Promise<EventItem[]> {
  const received = await gtinsByReceipt(tx, place_id, used);
  return used.map((line) => {
    const row = lying.get(lotKey(line));
    if (!row || new Decimal(row.quantity).lte(0)) {
      throw fault('goods.lot_not_here', { lot: line.lot || '—' });
    }
    const { product_name, best_before } = row;
    return {
      ...{ ...line, product_name, best_before, sscc: null, disposition: 'sellable_accessible' },
      quantity: new Decimal(line.quantity).negated().toFixed(),
      gtin: received.get(lotName(line)) ?? gtins.get(line.product_id) ?? null,
    };
  });
}

/** @throws goods.lot_dated_otherwise: a lot has one date at a place */
function itemMade(line: MadeLot, lying: Lying, gtins: Gtins): EventItem {
  const { shelf_life_until, best_before: given, ...rest } = line;
  const there = lying.get(lotKey(line))?.best_before ?? null;
  if (there !== null && given !== undefined && given !== there) {
    throw fault('goods.lot_dated_otherwise', { lot: line.lot, there });
  }
  const best_before = there ?? (given === undefined ? shelf_life_until : given);
  const gtin = gtins.get(line.product_id) ?? null;
  return { ...rest, best_before, gtin, sscc: null, disposition: 'sellable_accessible' };
}

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
 *   goods.lot_dated_otherwise, goods.stock_short
 */
export async function storeProduction(
  tx: Tx,
  production: Production,
  gtins: Gtins,
): Promise<{ event_id: string }> {
  const { place_id, used, made, order_number } = production;
  refuseLotTwice(production);
  const place = await getOwnPlace(tx, place_id);
  const keeping = (await keepingOf(tx, [place.id])).get(place.id);
  if (keeping?.kept_by === 'events') throw fault('goods.made_by_events');
  const lying = await lyingAt(tx, production);
  const outputs = made.map((line) => itemMade(line, lying, gtins));
  const items = [...(await itemsUsed(tx, production, lying, gtins)), ...outputs];
  const event = eventAt(tx, place, items, order_number);
  await recordEvents(tx, [event], []);
  const lotsMade = outputs.map(({ product_id, lot, unit, quantity, best_before }) => ({
    ...{ product_id, lot, unit, quantity, best_before },
  }));
  await recordFact(tx, {
    type: 'goods.production.recorded',
    subject: place.id,
    parties: [tx.actor.party],
    body: { event_id: event.id, order_number, used, made: lotsMade },
  });
  return { event_id: event.id };
}
