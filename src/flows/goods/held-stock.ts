import { sql } from 'kysely';
import { z } from 'zod';
import {
  Decimal,
  positiveDecimal,
  recordFact,
  type Tx,
  unitCode,
  uuid,
} from '../../kernel/index.ts';
import { canonicalIdentity } from './epcis/identity/identity.ts';
import { type Disposition, type EventItem, epcClass, type GoodsEvent, ownEvent } from './events.ts';
import { fault } from './faults.ts';
import { getOwnPlace } from './places.ts';
import { findNames, nameOfItem } from './shelf/names.ts';
import { recordEvents } from './stock.ts';

/** A lot of a product, wherever it lies. */
export type LotOfProduct = { product_id: string; lot: string };
/** GTINs by product, as the catalogue has them: events name a product by it. */
export type Gtins = ReadonlyMap<string, string | null>;

/** What was taken out of sale: a row for each place, lot and unit. */
export type HeldStock = LotOfProduct & { place_id: string; unit: string; quantity: string };

/**
 * Products and lots that own stock has under the items of events. What a partner makes for one
 * buyer alone stands in no catalogue that the buyer can search: what moved its stock knows it.
 * @param items in canonical form
 */
export async function ownLotsOf(
  tx: Tx,
  items: readonly string[],
): Promise<{ lots: LotOfProduct[]; gtins: Gtins }> {
  if (items.length === 0) return { lots: [], gtins: new Map() };
  const { rows } = await sql<{ product_id: string; gtin: string | null; lot: string | null }>`
    select distinct x.item ->> 'product_id' as product_id, x.item ->> 'gtin' as gtin,
      x.item ->> 'lot' as lot
    from event_item i
    join event e on e.chain_id = i.chain_id and e.id = i.event_id
    cross join jsonb_array_elements(e.movement -> 'items') x (item)
    where i.chain_id = ${tx.chain}::uuid and i.item = any(${items}::text[])
      and e.chain_id = ${tx.chain}::uuid and e.movement ->> 'owner_id' = ${tx.actor.party}
    limit ${MOST_LOTS}`.execute(tx.db);
  const wanted = new Set(items);
  const own = rows.filter((row) => wanted.has(canonicalIdentity(epcClass(row))));
  const named = await namedLotsOf(tx, items);
  return {
    lots: [...own.map(({ product_id, lot }) => ({ product_id, lot: lot ?? '' })), ...named],
    gtins: new Map(own.map(({ product_id, gtin }) => [product_id, gtin])),
  };
}

/** The same for what the owner's own systems call its goods. */
async function namedLotsOf(tx: Tx, items: readonly string[]): Promise<LotOfProduct[]> {
  const wanted = items.map(nameOfItem);
  const names = await findNames(tx, [...new Set(wanted.map(({ name }) => name))]);
  return wanted.flatMap(({ name, lot }) => {
    const product_id = names.get(name)?.product_id;
    return product_id ? [{ product_id, lot }] : [];
  });
}

type Row = HeldStock & {
  product_name: string;
  best_before: string | null;
  disposition: Disposition;
};

const MOST_ROWS = 1_000;
const MOST_LOTS = 20_000;

/**
 * The actor's stock of some lots that can be sold or sent, locked in one order. What is
 * damaged or came back is out of sale already, and a release would bring it into sale.
 */
async function lockSellable(tx: Tx, lots: readonly LotOfProduct[]): Promise<Row[]> {
  const rows = await tx.db
    .selectFrom('stock')
    .select(['place_id', 'product_id', 'product_name', 'lot', 'disposition', 'unit'])
    .select(['best_before', 'quantity'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where(ofLots(lots))
    .where('disposition', '=', 'sellable_accessible')
    .where('quantity', '>', '0')
    .orderBy('place_id')
    .orderBy('product_id')
    .orderBy(sql`lot collate "C"`)
    .orderBy(sql`unit collate "C"`)
    .limit(MOST_ROWS + 1)
    .forUpdate()
    .execute();
  if (rows.length > MOST_ROWS) throw fault('goods.too_much_to_hold', { most: MOST_ROWS });
  return rows as Row[];
}

/** Rows of these lots, each product with its own. */
function ofLots(lots: readonly LotOfProduct[]) {
  const ids = lots.map(({ product_id }) => product_id);
  const names = lots.map(({ lot }) => lot);
  return sql<boolean>`(product_id, lot) in (
    select w.id, w.lot from unnest(${ids}::uuid[], ${names}::text[]) w (id, lot))`;
}

/**
 * Takes the actor's stock of some lots out of sale, wherever it lies: CBV 2.0 business step
 * `holding`, disposition `recalled`. What is held is neither picked nor sent until it is settled.
 * @param subject what it is done for; the fact is found under it
 * @returns what was held by this; empty where nothing of the lots is there or all is held already
 * @throws goods.too_much_to_hold
 */
export async function holdStock(
  tx: Tx,
  asked: { lots: readonly LotOfProduct[]; gtins: Gtins; reason: string; subject: string },
): Promise<HeldStock[]> {
  if (asked.lots.length === 0) return [];
  const rows = await lockSellable(tx, asked.lots);
  const { reason, gtins } = asked;
  const events: GoodsEvent[] = [];
  for (const [place_id, here] of Map.groupBy(rows, (row) => row.place_id)) {
    const items = here.map(({ place_id: _, disposition, ...row }): EventItem => {
      const state = { disposition: 'recalled', taken_from: disposition } as const;
      return { ...row, gtin: gtins.get(row.product_id) ?? null, sscc: null, ...state };
    });
    const place = await getOwnPlace(tx, place_id);
    events.push(ownEvent(tx, place, { step: 'holding', items, reason: null }));
  }
  if (events.length === 0) return [];
  await recordEvents(tx, events, []);
  const held = rows.map(({ place_id, product_id, lot, unit, quantity }) => ({
    ...{ place_id, product_id, lot, unit, quantity },
  }));
  await recordFact(tx, {
    type: 'goods.stock.held',
    subject: asked.subject,
    parties: [tx.actor.party],
    body: { reason, event_ids: events.map(({ id }) => id), lots: held },
  });
  return held;
}

/** What becomes of goods on hold: back into sale, or destroyed. */
export const heldOutcomes = ['released', 'destroyed'] as const;

export const heldSettlement = z.object({
  place_id: uuid,
  outcome: z.enum(heldOutcomes),
  reason: z.string().trim().min(1).max(200),
  lines: z
    .array(
      z.object({
        product_id: uuid,
        lot: z.string().trim().max(20),
        unit: unitCode,
        quantity: positiveDecimal,
      }),
    )
    .min(1)
    .max(200),
});

/**
 * Ends a hold: CBV 2.0 `inspecting` back to sale, or `destroying`.
 * @throws goods.place_unknown, goods.not_held, goods.stock_short
 */
export async function settleHeldStock(
  tx: Tx,
  { place_id, outcome, reason, lines }: z.output<typeof heldSettlement>,
  gtins: Gtins,
): Promise<{ event_id: string }> {
  const place = await getOwnPlace(tx, place_id);
  const names = await heldAt(tx, place_id, lines);
  const items = lines.map((line): EventItem => {
    const { product_name, best_before } = names.get(lotKey(line)) ?? {};
    if (product_name === undefined) throw fault('goods.not_held', { lot: line.lot || '—' });
    const shared = { ...line, product_name, best_before: best_before ?? null };
    const plain = { ...shared, gtin: gtins.get(line.product_id) ?? null, sscc: null };
    return outcome === 'destroyed'
      ? { ...plain, disposition: 'recalled' }
      : { ...plain, disposition: 'sellable_accessible', taken_from: 'recalled' };
  });
  const step = outcome === 'destroyed' ? 'destroying' : 'inspecting';
  const event = ownEvent(tx, place, { step, items, reason: null });
  await recordEvents(tx, [event], []);
  await recordFact(tx, {
    type: outcome === 'destroyed' ? 'goods.stock.destroyed' : 'goods.stock.released',
    subject: place_id,
    parties: [tx.actor.party],
    body: { event_id: event.id, reason, lines },
  });
  return { event_id: event.id };
}

export const lotKey = ({ product_id, lot, unit }: LotOfProduct & { unit: string }) =>
  [product_id, lot, unit].join('|');

/** The actor's stock of some lots at a place, in one state; also what has come to nothing. */
export function lotsAt(
  tx: Tx,
  place_id: string,
  lots: readonly LotOfProduct[],
  disposition: Disposition,
) {
  return tx.db
    .selectFrom('stock')
    .select(['product_id', 'lot', 'unit', 'product_name', 'best_before', 'quantity'])
    .where('chain_id', '=', tx.chain)
    .where('owner_id', '=', tx.actor.party)
    .where('place_id', '=', place_id)
    .where('disposition', '=', disposition)
    .where(ofLots(lots))
    .orderBy('product_id')
    .orderBy(sql`lot collate "C"`)
    .orderBy(sql`unit collate "C"`);
}

/** What is on hold of some lots at a place, locked, by lot and unit. */
async function heldAt(tx: Tx, place_id: string, lots: readonly LotOfProduct[]) {
  const held = lotsAt(tx, place_id, lots, 'recalled').where('quantity', '>', '0');
  const rows = await held.forUpdate().execute();
  return new Map(rows.map((row) => [lotKey(row), row]));
}

/**
 * Goods that go back whence they came, cut where a part of them is on hold: that part goes first,
 * for what is recalled is what goes back.
 */
export async function holdsFirst(
  tx: Tx,
  place_id: string,
  items: readonly EventItem[],
): Promise<EventItem[]> {
  const named = items.map((item) => ({ ...item, lot: item.lot ?? '' }));
  if (named.length === 0) return [];
  const held = await heldAt(tx, place_id, named);
  return items.flatMap((item, at): EventItem[] => {
    const found = held.get(lotKey(named[at] as (typeof named)[number]));
    const part = Decimal.min(found?.quantity ?? 0, item.quantity);
    if (found) found.quantity = new Decimal(found.quantity).minus(part).toFixed();
    const rest = new Decimal(item.quantity).minus(part);
    return [
      ...(part.gt(0)
        ? [{ ...item, quantity: part.toFixed(), disposition: 'recalled' as const }]
        : []),
      ...(rest.gt(0) ? [{ ...item, quantity: rest.toFixed() }] : []),
    ];
  });
}
