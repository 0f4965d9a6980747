import { sql } from 'kysely';
import { Decimal, type Tx } from '../../../kernel/index.ts';
import type { EventItem } from '../events.ts';
import { fault } from '../faults.ts';
import { type Gtins, type LotOfProduct, lotKey, lotsAt } from '../held-stock.ts';

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

/** What is used and what is made, at one of the actor's places. */
export type Making = { place_id: string; used: readonly UsedLot[]; made: readonly MadeLot[] };

type Row = LotOfProduct & { unit: string };

export const lotName = ({ product_id, lot }: LotOfProduct) => `${product_id}|${lot}`;

/** One row of stock in two lines would be looked at twice; a lot made of itself has no origin. */
export function refuseLotTwice({ used, made }: Pick<Making, 'used' | 'made'>): void {
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

/** What lies at a place, in sale, by `lotKey`. */
export type Lying = Map<
  string,
  Row & { product_name: string; best_before: string | null; quantity: string }
>;

/**
 * What lies at a place of all these lots, locked before it is looked at: what is put on hold
 * meanwhile is not here any more. Those that are made are locked with those that are used, for of
 * two productions each may make what the other uses.
 */
export async function lyingAt(
  tx: Tx,
  place_id: string,
  lots: readonly LotOfProduct[],
): Promise<Lying> {
  const rows = await lotsAt(tx, place_id, lots, 'sellable_accessible').forUpdate().execute();
  return new Map(rows.map((row) => [lotKey(row), row]));
}

/**
 * Rows of these lots, by `lotKey`, that were counted at the place behind a moment, or all where the
 * place has been kept in another way since: the count found what had happened by then.
 */
export async function countedSince(
  tx: Tx,
  place_id: string,
  rows: readonly Row[],
  since: string,
): Promise<ReadonlySet<string>> {
  const list = (of: (row: Row) => string) => rows.map(of);
  const { rows: counted } = await sql<Row>`
    select w.product_id, w.lot, w.unit
    from unnest(${list(({ product_id }) => product_id)}::uuid[], ${list(({ lot }) => lot)}::text[],
      ${list(({ unit }) => unit)}::text[]) w (product_id, lot, unit)
    where exists (select 1 from place p
        where p.chain_id = ${tx.chain}::uuid and p.id = ${place_id}::uuid
          and p.stock_stint > 0 and p.stock_since > ${since}::timestamptz)
      or exists (select 1 from stock_movement m where m.chain_id = ${tx.chain}::uuid
        and m.owner_id = ${tx.actor.party}::uuid and m.place_id = ${place_id}::uuid
        and m.product_id = w.product_id and m.lot = w.lot and m.unit = w.unit
        and m.disposition = 'sellable_accessible' and m.at > ${since}::timestamptz
        and (m.kind = 'counted' or m.step in ('cycle_counting', 'stock_taking')))`.execute(tx.db);
  return new Set(counted.map(lotKey));
}

/** A lot comes in a few times; the first of them say what it is. */
const MOST_ARRIVALS = 20;

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

/** What stands fast of the items of a production: where they lie, what was counted, their GTINs. */
export type Standing = { lying: Lying; counted: ReadonlySet<string>; gtins: Gtins };

const stayingIn = ({ counted }: Standing, row: Row): Pick<EventItem, 'stays'> =>
  counted.has(lotKey(row)) ? { stays: true } : {};

/** Inputs as events have them: with a minus, for they leave. @throws goods.lot_not_here */
export async function itemsUsed(
  tx: Tx,
  { place_id, used }: Making,
  standing: Standing,
): Promise<EventItem[]> {
  const received = await gtinsByReceipt(tx, place_id, used);
  return used.map((line) => {
    const row = standing.lying.get(lotKey(line));
    const stays = stayingIn(standing, line);
    if (!row || (!stays.stays && new Decimal(row.quantity).lte(0))) {
      throw fault('goods.lot_not_here', { lot: line.lot || '—' });
    }
    const { product_name, best_before } = row;
    return {
      ...{ ...line, product_name, best_before, sscc: null, disposition: 'sellable_accessible' },
      quantity: new Decimal(line.quantity).negated().toFixed(),
      gtin: received.get(lotName(line)) ?? standing.gtins.get(line.product_id) ?? null,
      ...stays,
    };
  });
}

/** @throws goods.lot_dated_otherwise: a lot has one date at a place */
export function itemMade(line: MadeLot, standing: Standing): EventItem {
  const { shelf_life_until, best_before: given, ...rest } = line;
  const there = standing.lying.get(lotKey(line))?.best_before ?? null;
  if (there !== null && given !== undefined && given !== there) {
    throw fault('goods.lot_dated_otherwise', { lot: line.lot, there });
  }
  const best_before = there ?? (given === undefined ? shelf_life_until : given);
  const gtin = standing.gtins.get(line.product_id) ?? null;
  const known = { ...rest, best_before, gtin, sscc: null, ...stayingIn(standing, line) };
  return { ...known, disposition: 'sellable_accessible' };
}
