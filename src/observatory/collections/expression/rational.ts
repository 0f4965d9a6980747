/** An exact number: rules compare sums and ratios of money, and a third is no decimal. */
export type Rational = { readonly top: bigint; readonly bottom: bigint };

/**
 * With the sign above; the bottom is not zero. Not in lowest terms: a rule is so short that finding
 * common divisors costs a hundred times what the longer numbers do.
 */
function rational(top: bigint, bottom: bigint): Rational {
  return bottom < 0n ? { top: -top, bottom: -bottom } : { top, bottom };
}

/** Of a decimal as it is written: digits with at most one point, and a sign or none. */
export function ofDecimal(text: string): Rational {
  const [whole = '', part = ''] = text.split('.');
  return rational(BigInt(whole + part), 10n ** BigInt(part.length));
}

export const ofMinor = (minor: bigint): Rational => rational(minor, 100n);

export const add = (a: Rational, b: Rational) =>
  rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const negate = (a: Rational): Rational => ({ top: -a.top, bottom: a.bottom });
export const multiply = (a: Rational, b: Rational) => rational(a.top * b.top, a.bottom * b.bottom);
/** The second is not zero. */
export const divide = (a: Rational, b: Rational) => rational(a.top * b.bottom, a.bottom * b.top);

/** Below zero, zero or above, as the first is less than, equal to or more than the second. */
export function compare(a: Rational, b: Rational): number {
  const apart = a.top * b.bottom - b.top * a.bottom;
  return apart < 0n ? -1 : apart > 0n ? 1 : 0;
}

/** A figure by its bounds, both the same where it is known; the first is not above the second. */
export type Bounds = { readonly low: Rational; readonly high: Rational };

export const exactly = (value: Rational): Bounds => ({ low: value, high: value });

const least = (all: readonly Rational[]) =>
  all.reduce((one, other) => (compare(other, one) < 0 ? other : one));
const most = (all: readonly Rational[]) =>
  all.reduce((one, other) => (compare(other, one) > 0 ? other : one));

const hull = (all: readonly Rational[]): Bounds => ({ low: least(all), high: most(all) });

export const addBounds = (a: Bounds, b: Bounds): Bounds => ({
  low: add(a.low, b.low),
  high: add(a.high, b.high),
});
export const negateBounds = (a: Bounds): Bounds => ({ low: negate(a.high), high: negate(a.low) });

const corners = (a: Bounds, b: Bounds, of: (x: Rational, y: Rational) => Rational) =>
  hull([of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)]);

export const multiplyBounds = (a: Bounds, b: Bounds) => corners(a, b, multiply);

/** Null where the second may be zero. */
export function divideBounds(a: Bounds, b: Bounds): Bounds | null {
  return b.low.top <= 0n && b.high.top >= 0n ? null : corners(a, b, divide);
}

export function absoluteBounds(a: Bounds): Bounds {
  if (a.low.top >= 0n) return a;
  if (a.high.top <= 0n) return negateBounds(a);
  return { low: ofDecimal('0'), high: most([negate(a.low), a.high]) };
}
