import { z } from 'zod';
import { Decimal, decimal } from '../../kernel/index.ts';
import type { OrderLine } from './schema.ts';

/** How far an invoice line is from what was ordered or received, and whether that is tolerated. */
export const difference = z.object({
  what: z.enum(['quantity', 'price', 'tax_rate']),
  expected: decimal,
  found: decimal,
  within: z.boolean(),
});
export type Difference = z.output<typeof difference>;

export type Tolerance = { quantity_percent: string; price_percent: string };
export const noTolerance: Tolerance = { quantity_percent: '0', price_percent: '0' };

export type MatchState = 'matched' | 'within_tolerance' | 'differs' | 'unchecked';

function exceeds(expected: Decimal, found: Decimal, percent: string): boolean {
  return found.minus(expected).gt(expected.abs().times(percent).div(100));
}

/** What of a line was accepted, kept and not invoiced yet. */
export function leftToInvoice(line: OrderLine): Decimal {
  return Decimal.max(0, new Decimal(line.accepted).minus(line.returned).minus(line.invoiced));
}

/**
 * The three-way match of one invoice line: its quantity against what was received and is not yet
 * invoiced, its price and tax rate against the order. A claim for less than was agreed is no
 * difference: it harms nobody who has to pay.
 */
export function matchLine(
  claimed: { quantity: string; price: string; price_base_quantity: string; tax_rate: string },
  ordered: OrderLine,
  tolerance: Tolerance,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (
    what: Difference['what'],
    expected: Decimal,
    found: Decimal,
    percent: string,
  ) => {
    if (found.lte(expected)) return;
    const within = !exceeds(expected, found, percent);
    differences.push({ what, expected: plain(expected), found: plain(found), within });
  };
  const unitPrice = (line: { price: string; price_base_quantity: string }) =>
    new Decimal(line.price).div(line.price_base_quantity);
  compare(
    'quantity',
    leftToInvoice(ordered),
    new Decimal(claimed.quantity),
    tolerance.quantity_percent,
  );
  compare('price', unitPrice(ordered), unitPrice(claimed), tolerance.price_percent);
  compare('tax_rate', new Decimal(ordered.tax_rate), new Decimal(claimed.tax_rate), '0');
  return differences;
}

const plain = (value: Decimal) => value.toDecimalPlaces(10).toFixed();

/** What the lines' differences make of the whole invoice. */
export function foldMatch(lines: readonly (readonly Difference[] | null)[]): MatchState {
  if (lines.some((line) => line === null)) return 'unchecked';
  const all = lines.flatMap((line) => line ?? []);
  if (all.length === 0) return 'matched';
  return all.every((one) => one.within) ? 'within_tolerance' : 'differs';
}
