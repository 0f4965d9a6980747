import { recordFact, type Tx } from '../../../kernel/index.ts';
import { type GoodsEvent, ownEvent, productionStep, splitProduction } from '../events.ts';
import { fault } from '../faults.ts';
import { type Gtins, lotKey } from '../held-stock.ts';
import { getOwnPlace, type Place } from '../places.ts';
import { keepingOf } from '../shelf/keeping.ts';
import { recordEvents, redateStock } from '../stock.ts';
import {
  countedSince,
  itemMade,
  itemsUsed,
  type Lying,
  lyingAt,
  type Making,
  refuseLotTwice,
  type Standing,
} from './lots.ts';
import { checkOrder, passagesAt } from './passages.ts';

export type Production = Making & {
  /** The production order, 生产任务单, where there is one: CBV 2.0, 7.3, `prodorder`. */
  order_number: string | null;
  /** When it was made: absent, just now. */
  made_at?: string | undefined;
};

/** A place of the actor's where trade moves the stock. @throws goods.made_by_events */
export async function placeOfMaking(tx: Tx, place_id: string): Promise<Place> {
  const place = await getOwnPlace(tx, place_id);
  const keeping = (await keepingOf(tx, [place.id])).get(place.id);
  if (keeping?.kept_by === 'events') throw fault('goods.made_by_events');
  return place;
}

/** @throws goods.made_later, goods.lot_twice */
export function checkMaking(tx: Tx, production: Production): void {
  refuseLotTwice(production);
  const { made_at } = production;
  if (made_at !== undefined && made_at > tx.now) throw fault('goods.made_later');
}

/**
 * The event of a production, out of what stands fast when it is written down.
 * @throws goods.lot_not_here, goods.lot_dated_otherwise
 */
export async function productionEvent(
  tx: Tx,
  place: Place,
  production: Production,
  standing: Standing,
): Promise<GoodsEvent> {
  const outputs = production.made.map((line) => itemMade(line, standing));
  const items = [...(await itemsUsed(tx, production, standing)), ...outputs];
  const { made_at: at = tx.now, order_number: number } = production;
  const transactions = number === null ? [] : [{ type: 'prodorder' as const, number }];
  return ownEvent(tx, place, { step: productionStep, at, items, transactions });
}

/** Which rows of a production were counted behind its time; now nothing was. */
export async function countedBehind(tx: Tx, production: Production) {
  const { place_id, used, made, made_at } = production;
  if (made_at === undefined) return new Set<string>();
  return countedSince(tx, place_id, [...used, ...made], made_at);
}

/** What the fact of a production says. */
export function saidOf({ order_number, used }: Production, { id, at, items }: GoodsEvent) {
  const lots = splitProduction(items).made.map(
    ({ product_id, lot, unit, quantity, best_before }) => ({
      ...{ product_id, lot, unit, quantity, best_before },
    }),
  );
  return { event_id: id, made_at: at, order_number, used, made: lots };
}

/** Lots lie there under the date that their making says, also those that were counted before. */
export function dateLots(tx: Tx, place: Place, { items }: GoodsEvent, lying: Lying): void {
  for (const { product_id, lot, unit, best_before } of splitProduction(items).made) {
    const row = lying.get(lotKey({ product_id, lot: lot ?? '', unit }));
    if (row && row.best_before !== best_before) redateStock(tx, place.id, row, best_before);
  }
}

/** @throws goods.used_before_there, goods.left_before_made */
export async function checkTime(
  tx: Tx,
  { place_id, used, made, made_at }: Production,
  except: string | null,
): Promise<void> {
  if (made_at === undefined) return;
  checkOrder(made_at, { used, made }, await passagesAt(tx, place_id, [...used, ...made], except));
}

/**
 * Lots are made of others at a place of the actor's: one EPCIS TransformationEvent (EPCIS 2.0,
 * 7.4.6), by which what was used leaves the stock and what was made enters it; but for rows that
 * were counted behind its time, which found it done.
 * @param gtins of the products, as far as the catalogue shows them
 * @throws goods.place_unknown, goods.made_by_events, goods.made_later, goods.lot_twice,
 *   goods.lot_not_here, goods.lot_dated_otherwise, goods.used_before_there,
 *   goods.left_before_made, goods.stock_short
 */
export async function storeProduction(
  tx: Tx,
  production: Production,
  gtins: Gtins,
): Promise<{ event_id: string }> {
  checkMaking(tx, production);
  const place = await placeOfMaking(tx, production.place_id);
  const lying = await lyingAt(tx, place.id, [...production.used, ...production.made]);
  const counted = await countedBehind(tx, production);
  await checkTime(tx, production, null);
  const event = await productionEvent(tx, place, production, { lying, counted, gtins });
  await recordEvents(tx, [event], []);
  dateLots(tx, place, event, lying);
  await recordFact(tx, {
    type: 'goods.production.recorded',
    subject: place.id,
    parties: [tx.actor.party],
    body: saidOf(production, event),
  });
  return { event_id: event.id };
}
