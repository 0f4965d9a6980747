/** How two groups of figures differ, whatever their shape. */
export type Shift = {
  before: number;
  after: number;
  median_before: number | null;
  median_after: number | null;
  /**
   * The chance that one of the later figures is above one of the earlier ones, ties by half: 0.5 is
   * no difference. With its bounds at 95 %; null where a group is empty.
   */
  above: { value: number; low: number; high: number } | null;
};

const Z = 1.959964;

function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null;
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** For each of `ones`, the part of `others` below it, ties by half. Both sorted. */
function placements(ones: readonly number[], others: readonly number[]): number[] {
  let below = 0;
  let upTo = 0;
  return ones.map((one) => {
    while (below < others.length && (others[below] as number) < one) below++;
    upTo = Math.max(upTo, below);
    while (upTo < others.length && (others[upTo] as number) <= one) upTo++;
    return (below + upTo) / 2 / others.length;
  });
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return values.length > 1 ? squares / (values.length - 1) : 0;
}

/**
 * The later figures against the earlier ones: the statistic of Mann and Whitney, with the variance
 * of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988) by placements, which holds where the
 * two groups spread otherwise.
 */
export function shiftOf(earlier: readonly number[], later: readonly number[]): Shift {
  const byValue = (a: number, b: number) => a - b;
  const [was, is] = [earlier.toSorted(byValue), later.toSorted(byValue)];
  const groups = { before: was.length, after: is.length };
  const medians = { median_before: medianOf(was), median_after: medianOf(is) };
  if (was.length === 0 || is.length === 0) return { ...groups, ...medians, above: null };
  const over = placements(is, was);
  const under = placements(was, is);
  const value = over.reduce((sum, one) => sum + one, 0) / over.length;
  const error = Math.sqrt(varianceOf(over) / over.length + varianceOf(under) / under.length);
  const low = Math.max(0, value - Z * error);
  const high = Math.min(1, value + Z * error);
  return { ...groups, ...medians, above: { value, low, high } };
}

/** What can be told of a direction: `unclear` where the bounds hold no difference. */
export function directionOf({ above }: Shift): 'up' | 'down' | 'unclear' {
  if (above && above.low > 0.5) return 'up';
  return above && above.high < 0.5 ? 'down' : 'unclear';
}
