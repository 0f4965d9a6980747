/** Growth rates are in per cent, as they are published. */

/** y/y 同比: value on the same part of the year before; null where that is not above zero. */
export function growthOn(before: number, now: number): number | null {
  return before > 0 ? (now / before - 1) * 100 : null;
}

/**
 * The yearly mean of the growth of two years 两年平均: geometric, √[(1 + g₁)(1 + g₂)] − 1, as the NBS
 * made it in 2021 with the same part of 2019 as base. An arithmetic mean is higher, and wrong.
 */
export function twoYearMean(first: number, second: number): number {
  return (Math.sqrt((1 + first / 100) * (1 + second / 100)) - 1) * 100;
}

/** The growth of the first year that a two-year mean and the second year leave: the mean undone. */
export function firstOfTwo(mean: number, second: number): number {
  return ((1 + mean / 100) ** 2 / (1 + second / 100) - 1) * 100;
}

/** Published rates are rounded to a tenth, so each may be off by half of that. */
const HALF_OF_TENTH = 0.05;

/** Whether a published two-year mean can come of two published rates, all rounded to a tenth. */
export function agrees(mean: number, first: number, second: number): boolean {
  const low = twoYearMean(first - HALF_OF_TENTH, second - HALF_OF_TENTH);
  const high = twoYearMean(first + HALF_OF_TENTH, second + HALF_OF_TENTH);
  return mean + HALF_OF_TENTH >= low && mean - HALF_OF_TENTH <= high;
}

export type Place = { readonly rank: number; readonly of: number; readonly ties: number };

/**
 * Rank from the highest, 1 2 2 4: equals share a rank and the next is left out. `ties` counts those
 * that share it, oneself not among them.
 */
export function places(values: readonly number[]): Place[] {
  return values.map((value) => ({
    rank: 1 + values.filter((other) => other > value).length,
    of: values.length,
    ties: values.filter((other) => other === value).length - 1,
  }));
}
