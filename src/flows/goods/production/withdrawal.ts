import { Decimal, recordFact, type Tx } from '../../../kernel/index.ts';
import { type EventItem, type GoodsEvent, productionStep, splitProduction } from '../events.ts';
import { fault } from '../faults.ts';
import { type Gtins, lotKey } from '../held-stock.ts';
import { getOwnPlace, type Place } from '../places.ts';
import { keepingOf } from '../shelf/keeping.ts';
import { recordEvents, redateStock } from '../stock.ts';
import { countedSince, type Lying, lyingAt } from './lots.ts';
import { findRecorded, type Recorded } from './recorded.ts';
import {
  checkMaking,
  countedBehind,
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

/**
 * What lies at the place as if the production had never been. Its lots have no date either: they
 * have the date that is said now.
 */
function lyingWithout(lying: Lying, { items }: Recorded, back: readonly EventItem[]): Lying {
  const without: Lying = new Map(lying);
  const change = (item: EventItem, to: (row: NonNullable<ReturnType<Lying['get']>>) => object) => {
    const row = without.get(rowOf(item));
    if (row) without.set(rowOf(item), { ...row, ...to(row) });
  };
  for (const item of back.filter(({ stays }) => !stays)) {
    change(item, ({ quantity }) => ({
      quantity: new Decimal(quantity).plus(item.quantity).toFixed(),
    }));
  }
  for (const item of splitProduction(items).made) change(item, () => ({ best_before: null }));
  return without;
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
  return {
    id,
    step: productionStep,
    at: made_at,
    zone_offset: body.eventTimeZoneOffset,
    owner_id: tx.actor.party,
    place_id: place.id,
    place_gln: place.gln,
    items,
    transactions: [],
    source_id: null,
    destination_id: null,
    reason: null,
    declares: { said: body, error: { declarationTime: tx.now, reason, ...corrected } },
  };
}

/** Lots that are not what they were said to be have no date, or the one that is said now. */
function redate(tx: Tx, place: Place, recorded: Recorded, lying: Lying, now: GoodsEvent | null) {
  const dates = new Map((now?.items ?? []).map((item) => [rowOf(item), item.best_before]));
  for (const item of splitProduction(recorded.items).made) {
    const row = lying.get(rowOf(item));
    const date = dates.get(rowOf(item));
    const isGone = row !== undefined && new Decimal(row.quantity).eq(0);
    if (!row || (date === undefined && !isGone)) continue;
    redateStock(tx, { ...item, lot: row.lot, ...keyAt(tx, place) }, date ?? null);
  }
}

const keyAt = (tx: Tx, place: Place) => ({ owner_id: tx.actor.party, place_id: place.id });

/**
 * Takes back a production that was recorded wrongly: the event stays and counts no more, in no
 * trace and no recall, and stock is as if it had never been; but for rows that were counted behind
 * it, which stay as they were counted. What was made `instead` is recorded with it, so that what
 * has left of a lot meanwhile is not missing in between.
 * @throws goods.production_unknown, goods.production_withdrawn, goods.stock_short where what was
 *   made is not there any more, and what storeProduction throws
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
  const back = takenBack(recorded, counted);
  const without = lyingWithout(lying, recorded, back);
  // First, for at one moment events stand in the order of their ids.
  const declared_by = tx.newId();
  const now = instead ? await correction(tx, place, instead, without) : null;
  const declaring = declaration(tx, declared_by, place, recorded, back, now);
  await recordEvents(tx, now ? [declaring, now] : [declaring], []);
  redate(tx, place, recorded, without, now);
  await recordFact(tx, {
    type: 'goods.production.withdrawn',
    subject: place.id,
    parties: [tx.actor.party],
    body: {
      ...{ event_id, declared_by, reason },
      instead: instead && now ? saidOf(instead.production, now) : null,
    },
  });
  return { event_id: declared_by, instead_id: now?.id ?? null };
}

async function correction(tx: Tx, place: Place, { production, gtins }: Instead, lying: Lying) {
  const counted = await countedBehind(tx, production);
  return productionEvent(tx, place, production, { lying, counted, gtins });
}
