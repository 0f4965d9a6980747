import { Decimal } from '../../../src/kernel/decimal.ts';
import type { Invoice } from '../generated/api.ts';

/**
 * What of an invoice could be disputed by its three-way match: quantities above what was accepted,
 * prices above what was agreed, with tax, in minor units.
 */
export function disputableMinor(invoice: Pick<Invoice, 'lines'>, exponent: number): string {
  const total = invoice.lines.reduce((sum, line) => {
    const over = line.differences.filter(({ within }) => !within);
    const quantity = excess(over, 'quantity');
    const price = excess(over, 'price');
    const billed = new Decimal(line.quantity).minus(quantity);
    const net = quantity.times(line.price).plus(price.times(billed)).div(line.price_base_quantity);
    const minor = net.times(new Decimal(10).pow(exponent)).toDecimalPlaces(0);
    return sum.plus(minor).plus(minor.times(line.tax_rate).toDecimalPlaces(0));
  }, new Decimal(0));
  return total.toFixed(0);
}

type Difference = Invoice['lines'][number]['differences'][number];

function excess(differences: readonly Difference[], what: Difference['what']): Decimal {
  const found = differences.find((one) => one.what === what);
  return found ? Decimal.max(0, new Decimal(found.found).minus(found.expected)) : new Decimal(0);
}

/** The net that gives this total with tax, both in minor units; rounding takes at most one. */
export function netOf(total_minor: string, tax_rate: string): string {
  const total = new Decimal(total_minor);
  const near = total.div(new Decimal(tax_rate).plus(1)).toDecimalPlaces(0);
  const exact = [near, near.minus(1), near.plus(1)].find((net) =>
    net.plus(net.times(tax_rate).toDecimalPlaces(0)).eq(total),
  );
  return (exact ?? near).toFixed(0);
}

export function sumMinor(amounts: readonly string[]): string {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n).toString();
}
