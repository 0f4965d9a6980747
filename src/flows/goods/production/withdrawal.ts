import { Decimal, recordFact, type Tx } from '../../../kernel/index.ts';
import {
  type EventItem,
  type GoodsEvent,
  ownEvent,
  productionStep,
  splitProduction,
} from '../events.ts';
import { fault } from '../faults.ts';
import { type Gtins, lotKey, lotsAt } from '../held-stock.ts';
import { getOwnPlace, type Place } from '../places.ts';
import { keepingOf } from '../shelf/keeping.ts';
import { recordEvents, redateStock } from '../stock.ts';
import { countedSince, type Lying, lotName, lyingAt } from './lots.ts';
import { hasOtherOrigin, type Passage, passagesAt } from './passages.ts';
import { findRecorded, type Recorded } from './recorded.ts';
import {
  checkMaking,
  checkTime,
  countedBehind,
  dateLots,
  type Production,
  placeOfMaking,
  productionEvent,
  saidOf,
} from './recording.ts';

/** What was made in truth, at the same place; GTINs as of `storeProduction`. */
export type Instead = { production: Production; gtins: Gtins };

/** Rows of stock as items name them. */
const rowsOf = (items: readonly EventItem[]) =>
  items.map(({ product_id, lot, unit }) => ({ product_id, lot: lot ?? '', unit }));
const rowOf = (item: EventItem) => lotKey({ ...item, lot: item.lot ?? '' });

/** What a production has moved, the other way round; what was counted behind it stays. */
function takenBack({ items }: Recorded, counted: ReadonlySet<string>): EventItem[] {
  return items.map((item) => ({
    ...item,
    quantity: new Decimal(item.quantity).negated().toFixed(),
    ...(item.stays || counted.has(rowOf(item)) ? { stays: true } : {}),
  }));
}

/** Lots that came to be by this production alone, by `lotName`: their dates are of its saying. */
function lotsOfIts({ items, made_at }: Recorded, passages: ReadonlyMap<string, Passage>) {
  const names = rowsOf(splitProduction(items).made).map(lotName);
  return new Set(names.filter((name) => !hasOtherOrigin(passages.get(name), made_at)));
}

/**
 * What lies at the place as if the production had never been; lots that came to be by it alone have
 * no date then.
 */
function lyingWithout(lying: Lying, back: readonly EventItem[], its: ReadonlySet<string>): Lying {
  const moved = new Map(back.filter(({ stays }) => !stays).map((item) => [rowOf(item), item]));
  return new Map(
    [...lying].map(([key, row]) => {
      const quantity = new Decimal(row.quantity).plus(moved.get(key)?.quantity ?? 0).toFixed();
      const best_before = its.has(lotName(row)) ? null : row.best_before;
      return [key, { ...row, quantity, best_before }];
    }),
  );
}

/** @throws goods.production_gone: what has left, and came to be by nothing else, was made */
function assertNoneGone(
  { items, made_at }: Recorded,
  its: ReadonlySet<string>,
  passages: ReadonlyMap<string, Passage>,
  instead: Instead | null,
): void {
  const still = new Set((instead?.production.made ?? []).map(lotName));
  for (const { lot, ...row } of rowsOf(splitProduction(items).made)) {
    const name = lotName({ ...row, lot });
    const left = passages.get(name)?.left_last ?? null;
    if (still.has(name) || !its.has(name) || left === null) continue;
    if (left >= Date.parse(made_at)) throw fault('goods.production_gone', { lot });
  }
}

/**
 * The event that declares a production wrong (EPCIS 2.0, 7.4.1.2; reasons of CBV 2.0, 7.5), and
 * takes back what it moved.
 */
function declaration(
  tx: Tx,
  id: string,
  place: Place,
  { body, made_at }: Recorded,
  items: readonly EventItem[],
  instead: GoodsEvent | null,
): GoodsEvent {
  const reason = instead ? 'incorrect_data' : 'did_not_occur';
  const corrected = instead ? { correctiveEventIDs: [`urn:uuid:${instead.id}`] } : {};
  return ownEvent(tx, place, {
    ...{ id, step: productionStep, at: made_at, items },
    declares: { said: body, error: { declarationTime: tx.now, reason, ...corrected } },
  });
}

/** Of lots that are on hold here, what comes back is held as well: it was not in sale either. */
async function holdBack(
  tx: Tx,
  place: Place,
  back: readonly EventItem[],
  now: GoodsEvent | null,
): Promise<GoodsEvent | null> {
  const coming = back.filter(({ quantity, stays }) => !stays && !quantity.startsWith('-'));
  const held = await lotsAt(tx, place.id, rowsOf(coming), 'recalled').forUpdate().execute();
  const isHeld = new Set(held.filter(({ quantity }) => new Decimal(quantity).gt(0)).map(lotKey));
  const used = new Map((now?.items ?? []).map((item) => [rowOf(item), item]));
  const items = coming.flatMap((item): EventItem[] => {
    const again = used.get(rowOf(item));
    const rest = new Decimal(item.quantity).plus(again && !again.stays ? again.quantity : 0);
    if (!isHeld.has(rowOf(item)) || rest.lte(0)) return [];
    const state = { disposition: 'recalled', taken_from: 'sellable_accessible' } as const;
    return [{ ...item, quantity: rest.toFixed(), ...state }];
  });
  return items.length > 0 ? ownEvent(tx, place, { step: 'holding', items }) : null;
}

/** Lots lie there under the date that is said now; those that are gone, under none. */
function redate(tx: Tx, place: Place, without: Lying, lying: Lying, now: GoodsEvent | null): void {
  const made = new Set((now?.items ?? []).map(rowOf));
  for (const [key, { best_before, quantity, ...row }] of without) {
    const isGone = best_before === null && new Decimal(quantity).eq(0) && !made.has(key);
    if (isGone && lying.get(key)?.best_before) redateStock(tx, place.id, row, null);
  }
  if (now) dateLots(tx, place, now, lying);
}

/**
 * Takes back a production that was recorded wrongly: the event stays and counts no more, in no
 * trace and no recall, and stock is as if it had never been; but for rows that were counted behind
 * it, which stay as they were counted. What was made `instead` is recorded with it, so that what
 * has left of a lot meanwhile is not missing in between.
 * @throws goods.production_unknown, goods.production_withdrawn, goods.production_gone,
 *   goods.stock_short where more of a lot has left than was made, and what storeProduction throws
 */
export async function withdrawProduction(
  tx: Tx,
  event_id: string,
  reason: string,
  instead: Instead | null,
): Promise<{ event_id: string; instead_id: string | null }> {
  const recorded = await findRecorded(tx, event_id);
  if (instead) checkMaking(tx, instead.production);
  const place = await (instead ? placeOfMaking : getOwnPlace)(tx, recorded.place_id);
  await keepingOf(tx, [place.id]);
  const rows = rowsOf(recorded.items);
  const { used = [], made = [] } = instead?.production ?? {};
  const lying = await lyingAt(tx, place.id, [...rows, ...used, ...made]);
  // Behind the locks: of two who take it back at once the second one finds it done.
  const { withdrawn_by } = await findRecorded(tx, event_id);
  if (withdrawn_by !== null) throw fault('goods.production_withdrawn');
  const counted = await countedSince(tx, place.id, rows, recorded.made_at);
  const passages = await passagesAt(tx, place.id, rows, event_id);
  const its = lotsOfIts(recorded, passages);
  assertNoneGone(recorded, its, passages, instead);
  const back = takenBack(recorded, counted);
  const without = lyingWithout(lying, back, its);
  // First, for at one moment events stand in the order of their ids.
  const declared_by = tx.newId();
  const now = instead ? await correction(tx, event_id, place, instead, without) : null;
  const declaring = declaration(tx, declared_by, place, recorded, back, now);
  const holding = await holdBack(tx, place, back, now);
  const events = [declaring, now, holding].filter((event) => event !== null);
  await recordEvents(tx, events, []);
  redate(tx, place, without, lying, now);
  await recordFact(tx, {
    type: 'goods.production.withdrawn',
    subject: place.id,
    parties: [tx.actor.party],
    body: {
      ...{ event_id, declared_by, reason, held_by: holding?.id ?? null },
      instead: instead && now ? saidOf(instead.production, now) : null,
    },
  });
  return { event_id: declared_by, instead_id: now?.id ?? null };
}

async function correction(
  tx: Tx,
  event_id: string,
  place: Place,
  { production, gtins }: Instead,
  lying: Lying,
) {
  await checkTime(tx, production, event_id);
  const counted = await countedBehind(tx, production);
  return productionEvent(tx, place, production, { lying, counted, gtins });
}
