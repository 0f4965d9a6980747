import type { StockRow } from '../generated/api.ts';

/** The states in which stock is kept apart, in the order of CBV's words as people look for them. */
export const DISPOSITIONS = [
  'sellable_accessible',
  'damaged',
  'non_sellable_other',
  'returned',
  'in_transit',
  'recalled',
] as const satisfies readonly StockRow['disposition'][];

/** The text of a state; a key that ends in `_other` would be a plural. */
export function dispositionKey(disposition: StockRow['disposition']) {
  return disposition === 'non_sellable_other'
    ? 'disposition_unsellable'
    : (`disposition_${disposition}` as const);
}
