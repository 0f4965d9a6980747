/** Descriptive statistics over columns in which NaN is a missing value. */

/** Relative to the values; a mean of some hundred equal numbers is off by less. */
const ROUNDING = 1e-12;

/** The values that are there. */
export function present(values: Float64Array): Float64Array {
  let isWhole = true;
  for (let at = 0; at < values.length; at++) isWhole &&= !Number.isNaN(values[at]);
  return isWhole ? values : values.filter((value) => !Number.isNaN(value));
}

/** Arithmetic mean of the values that are there; NaN where there are none. */
export function mean(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** Sample standard deviation (n − 1); NaN below two values. */
export function deviation(values: Float64Array): number {
  const centre = mean(values);
  let [sum, count] = [0, 0];
  for (let at = 0; at < values.length; at++) {
    const apart = (values[at] as number) - centre;
    if (Number.isNaN(apart)) continue;
    sum += apart * apart;
    count++;
  }
  return count < 2 ? Number.NaN : Math.sqrt(sum / (count - 1));
}

/** Smallest and largest value that is there; Infinity and −Infinity where there is none. */
export function range(values: Float64Array): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < values.length; at++) {
    const value = values[at] as number;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

export type Range = { min: number; max: number };

/** Whether values differ by no more than the rounding of a mean of them. */
export function isFlat({ min, max }: Range): boolean {
  return max - min <= ROUNDING * Math.max(Math.abs(min), Math.abs(max));
}

export function median(values: Float64Array): number {
  const sorted = present(values).toSorted();
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/**
 * Skewness G₁ and excess kurtosis G₂ as spreadsheets and SAS give them (D. N. Joanes and C. A.
 * Gill, The Statistician 47, 1998, 183–189). Null where the values are fewer than four or do not
 * differ.
 */
export function shapeOf(values: Float64Array): { skew: number; kurtosis: number } | null {
  const centre = mean(values);
  let [second, third, fourth, n] = [0, 0, 0, 0];
  for (let at = 0; at < values.length; at++) {
    const apart = (values[at] as number) - centre;
    if (Number.isNaN(apart)) continue;
    const square = apart * apart;
    second += square;
    third += square * apart;
    fourth += square * square;
    n++;
  }
  // Differences so small that their fourth powers vanish are none that could be told.
  if (n < 4 || !(fourth > 0) || isFlat(range(values))) return null;
  const g1 = (Math.sqrt(n) * third) / (second * Math.sqrt(second));
  const ratio = (n * fourth) / (second * second);
  const skew = (g1 * Math.sqrt(n * (n - 1))) / (n - 2);
  const kurtosis = (((n + 1) * (ratio - 3) + 6) * (n - 1)) / ((n - 2) * (n - 3));
  return { skew, kurtosis };
}

/** Ranks from 1 for the smallest; equal values share the mean of their ranks; NaN stays. */
export function ranks(values: Float64Array): Float64Array {
  const sorted = present(values).toSorted();
  return values.map((value) => {
    if (Number.isNaN(value)) return value;
    const from = firstAt(sorted, value, false);
    const to = firstAt(sorted, value, true);
    return (from + 1 + to) / 2;
  });
}

/** Where the first value stands that is at least, or above, the given one. */
function firstAt(sorted: Float64Array, value: number, above: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const found = sorted[middle] as number;
    if (found < value || (above && found === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/**
 * Pearson's correlation over the pairs that are whole; null below three pairs or where one side
 * does not vary by more than rounding.
 */
export function correlation(one: Float64Array, other: Float64Array): number | null {
  let [n, x, y] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    if (Number.isNaN((one[at] as number) + (other[at] as number))) continue;
    x += one[at] as number;
    y += other[at] as number;
    n++;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    const dx = (one[at] as number) - x / n;
    const dy = (other[at] as number) - y / n;
    if (Number.isNaN(dx + dy)) continue;
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const varies = (squares: number, sum: number) => squares > (ROUNDING * sum) ** 2 / n;
  if (n < 3 || !varies(xx, x) || !varies(yy, y)) return null;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
}

/** Spearman's correlation of ranks, over the pairs that are whole. */
export function rankCorrelation(one: Float64Array, other: Float64Array): number | null {
  const whole = Array.from(one.keys()).filter(
    (at) => !Number.isNaN((one[at] as number) + (other[at] as number)),
  );
  const take = (values: Float64Array) => Float64Array.from(whole, (at) => values[at] as number);
  return correlation(ranks(take(one)), ranks(take(other)));
}
