import { Decimal as Base } from 'decimal.js';
import { currencyExponent } from './currencies.ts';

/**
 * The one decimal type of the house: 40 significant digits, a half goes away from zero, as
 * Chinese tax invoices and UBL rounding expect. A clone, because decimal.js keeps its settings on
 * the constructor and another library in the process must not change ours.
 * Plain notation at every size: "1e-7" is a string that PostgreSQL takes and people misread.
 */
export const Decimal = Base.clone({
  precision: 40,
  rounding: Base.ROUND_HALF_UP,
  toExpNeg: -1000,
  toExpPos: 1000,
});
export type Decimal = Base;

/**
 * Minor units of an amount written in major units: toMinor('12.345', 'CNY') is 1235n.
 * Rounds a half away from zero. Throws RangeError for a currency that ISO 4217 does not list and
 * DecimalError for text that is no number.
 */
export function toMinor(amount: Base.Value, currency: string): bigint {
  return minorUnitsOf(new Decimal(amount), currency);
}

/** Major units with every decimal of the currency: fromMinor(1235n, 'CNY') is '12.35'. */
export function fromMinor(minor: bigint, currency: string): string {
  const exponent = currencyExponent(currency);
  return new Decimal(minor.toString()).times(new Decimal(10).pow(-exponent)).toFixed(exponent);
}

/**
 * Amount of a line in minor units: quantity × price ÷ base quantity, rounded once, at the end.
 * A price may have more decimals than the currency, and may be given per base quantity
 * (5.20 per 100 pieces): UBL 2.x / Peppol BIS 3 rules R024 and R025.
 */
export function lineAmountMinor(
  quantity: Base.Value,
  price: Base.Value,
  baseQuantity: Base.Value,
  currency: string,
): bigint {
  const base = new Decimal(baseQuantity);
  if (!base.isPositive() || base.isZero()) throw new RangeError('base quantity must be positive');
  return minorUnitsOf(new Decimal(quantity).times(price).div(base), currency);
}

function minorUnitsOf(amount: Base, currency: string): bigint {
  if (!amount.isFinite()) throw new RangeError('an amount must be finite');
  const scaled = amount.times(new Decimal(10).pow(currencyExponent(currency)));
  return BigInt(scaled.toFixed(0));
}
