import { addDays } from '../../../../src/kernel/dates.ts';
import { Decimal } from '../../../../src/kernel/decimal.ts';
import type { Product, Production, StockRow } from '../../generated/api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';
import { instantIn } from '../../kernel/format/instant-in.ts';

/** One lot that was made, as it is typed. */
export type MadeLot = { product: Product; lot: string; quantity: string; best_before: string };

/** So many rows of a place are read. */
export const MOST_ROWS = 1_000;

/** What can be used of a lot. */
export type LyingLot = Pick<
  StockRow,
  'product_id' | 'product_name' | 'lot' | 'unit' | 'quantity' | 'best_before'
>;
type Row = Pick<StockRow, 'product_id' | 'lot' | 'unit'>;

/** All that is typed of a production. */
export type Entry = {
  made: readonly MadeLot[];
  /** By `rowKey`. */
  used: ReadonlyMap<string, string>;
  order: string;
  /** On the chain's clock; both empty: just now. */
  date: string;
  time: string;
};

export const emptyEntry: Entry = { made: [], used: new Map(), order: '', date: '', time: '' };

/** A production as it was recorded, to be typed over. */
export function entryOf(
  recorded: Production,
  products: readonly Product[],
  at: { date: string; time: string },
): Entry {
  const made = recorded.made.flatMap(({ product_id, lot, quantity, best_before }) => {
    const product = products.find(({ id }) => id === product_id);
    return product ? [{ product, lot, quantity, best_before: best_before ?? '' }] : [];
  });
  const used = new Map(recorded.used.map((line) => [rowKey(line), line.quantity]));
  return { made, used, order: recorded.order_number ?? '', ...at };
}

/** What would lie there had the production not been recorded. */
export function lyingWithout(
  rows: readonly LyingLot[],
  { used, made }: Pick<Production, 'used' | 'made'>,
): LyingLot[] {
  const lying = new Map(rows.map((row) => [rowKey(row), row]));
  const change = (line: Omit<LyingLot, 'best_before'>, by: Decimal) => {
    const row = lying.get(rowKey(line)) ?? { ...line, best_before: null, quantity: '0' };
    const quantity = by.plus(row.quantity).toFixed();
    lying.set(rowKey(line), { ...row, quantity });
  };
  for (const line of used) change(line, new Decimal(line.quantity));
  for (const line of made) change(line, new Decimal(line.quantity).negated());
  const named = new Set(used.map(rowKey));
  const isThere = (row: LyingLot) => named.has(rowKey(row)) || new Decimal(row.quantity).gt(0);
  return [...lying.values()].filter(isThere);
}

/** Under which lot and date a product is made on a day, until somebody types otherwise. */
export function madeOn(product: Product, day: string): Pick<MadeLot, 'lot' | 'best_before'> {
  const { shelf_life_days: days } = product;
  return { lot: day.replaceAll('-', ''), best_before: days === null ? '' : addDays(day, days) };
}

/** Lots follow the day of production, as far as nothing else was typed. */
export function followDay(made: readonly MadeLot[], from: string, to: string): MadeLot[] {
  return made.map((line) => {
    const [before, now] = [madeOn(line.product, from), madeOn(line.product, to)];
    const lot = line.lot === before.lot ? now.lot : line.lot;
    const isOwn = line.best_before !== before.best_before;
    return { ...line, lot, best_before: isOwn ? line.best_before : now.best_before };
  });
}

export const rowKey = ({ product_id, lot, unit }: Row) => [product_id, lot, unit].join();

/** Whether a line before this one is of the same lot: a lot is made in one line. */
export function isTwice(made: readonly MadeLot[], at: number): boolean {
  const name = ({ product, lot }: MadeLot) => `${product.id} ${lot.trim()}`;
  const line = made[at];
  return line !== undefined && made.slice(0, at).some((one) => name(one) === name(line));
}

/** Whether something was typed at a row that has left the place meanwhile. */
export function goneFrom(rows: readonly Row[], used: ReadonlyMap<string, string>): boolean {
  const there = new Set(rows.map(rowKey));
  return [...used].some(([key, text]) => text.trim() !== '' && !there.has(key));
}

/** Whether a time is typed in part: a day without its hour, or the other way round. */
export const isHalfTimed = ({ date, time }: Entry) => (date === '') !== (time === '');

/**
 * What production.record takes of an entry, or null as long as something of it is missing or is no
 * number.
 * @param rows what lies at the place
 */
export function productionOf(entry: Entry, rows: readonly Row[], zone: string) {
  const { made, used, order, date, time } = entry;
  if (goneFrom(rows, used) || made.some((_, at) => isTwice(made, at))) return null;
  if (isHalfTimed(entry)) return null;
  const typed = rows.flatMap((row) => {
    const text = used.get(rowKey(row))?.trim() ?? '';
    return text === '' ? [] : [{ row, quantity: parsePositive(text) }];
  });
  const inputs = typed.flatMap(({ row: { product_id, lot, unit }, quantity }) =>
    quantity === undefined ? [] : [{ product_id, lot, unit, quantity }],
  );
  const outputs = made.flatMap(({ product, lot, quantity, best_before }) => {
    const parsed = parsePositive(quantity);
    if (parsed === undefined || lot.trim() === '') return [];
    const until = best_before || null;
    return [{ product_id: product.id, lot: lot.trim(), quantity: parsed, best_before: until }];
  });
  if (inputs.length === 0 || inputs.length < typed.length) return null;
  if (outputs.length === 0 || outputs.length < made.length) return null;
  const order_number = order.trim();
  return {
    ...{ used: inputs, made: outputs },
    ...(order_number ? { order_number } : {}),
    ...(date ? { made_at: instantIn(zone, date, time) } : {}),
  };
}
export type Making = NonNullable<ReturnType<typeof productionOf>>;
