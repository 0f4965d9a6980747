import { Decimal, findUnit, listUnits } from '../../../kernel/index.ts';
import { readIdentity } from '../epcis/identity/identity.ts';
import type { Mention } from './graph.ts';

/**
 * How much, in the first unit of its dimension: `{ measure: 'mass', unit: 'KGM' }`. A unit that has
 * no fixed size (a carton) or is not known measures by itself and converts into nothing.
 */
export type Amount = { readonly measure: string; readonly unit: string; readonly value: Decimal };

/** Pieces, where EPCIS gives no unit (EPCIS 2.0, 7.3.3.3). */
const PIECES = 'C62';

/** The amount that a mention names; an instance is one piece; null where nobody gave a quantity. */
export function amountOf({ by_class, quantity, uom }: Mention): Amount | null {
  if (!by_class) return measured('1', PIECES);
  return quantity === null ? null : measured(quantity, uom ?? PIECES);
}

export function measured(quantity: string, code: string): Amount {
  const unit = findUnit(code);
  if (!unit?.factor) return { measure: code, unit: code, value: new Decimal(quantity) };
  const first = listUnits().find(({ dimension }) => dimension === unit.dimension);
  const value = new Decimal(quantity).times(unit.factor);
  return { measure: unit.dimension, unit: first?.code ?? code, value };
}

const MEASURES: ReadonlySet<string> = new Set(['mass', 'volume', 'length', 'area']);

/** Whether amounts of one measure mean the same of whatever product: pieces and cartons do not. */
export const isMeasure = (measure: string) => MEASURES.has(measure);

/**
 * The product class of an item: its GTIN without lot and serial, or our own product without its
 * lot; any other item is its own.
 */
export function productClass(item: string): string {
  const identity = readIdentity(item);
  const isProduct = identity?.ok && identity.value.key === '01';
  if (isProduct) return `https://id.gs1.org/01/${identity.value.value}`;
  return item.replace(/^(urn:uuid:[0-9a-f-]{36})\?lot=.*$/, '$1');
}
