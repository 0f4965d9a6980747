import type { Product, StockRow } from '../../generated/api.ts';
import { parsePositive } from '../../kernel/format/entry.ts';

/** One lot that was made, as it is typed. */
export type MadeLot = { product: Product; lot: string; quantity: string; best_before: string };

type Row = Pick<StockRow, 'product_id' | 'lot' | 'unit'>;

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

/**
 * The body of production.record, or null as long as something of it is missing or is no number.
 * @param used what was typed at rows of stock, by `rowKey`
 */
export function productionOf(
  place_id: string,
  order: string,
  made: readonly MadeLot[],
  rows: readonly Row[],
  used: ReadonlyMap<string, string>,
) {
  if (goneFrom(rows, used) || made.some((_, at) => isTwice(made, at))) return null;
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
    ...{ place_id, used: inputs, made: outputs },
    ...(order_number ? { order_number } : {}),
  };
}
