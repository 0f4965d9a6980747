/** ln n! for all n up to one. */
function lnFactorials(n: number): Float64Array {
  const sums = new Float64Array(n + 1);
  for (let one = 2; one <= n; one++) sums[one] = (sums[one - 1] as number) + Math.log(one);
  return sums;
}

/** The chance of `k` or more of `n`, where each is one with chance `p`: exact, term by term. */
export function chanceOfAtLeast(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  const ln = lnFactorials(n);
  let sum = 0;
  for (let one = n; one >= k; one--) {
    const ways = (ln[n] as number) - (ln[one] as number) - (ln[n - one] as number);
    sum += Math.exp(ways + one * Math.log(p) + (n - one) * Math.log1p(-p));
  }
  return Math.min(1, sum);
}

/**
 * Chances as they count among several that were looked at: Holm, A simple sequentially rejective
 * multiple test procedure (Scandinavian Journal of Statistics 6, 1979).
 */
export function amongAll(chances: readonly number[]): number[] {
  const order = chances.map((_, at) => at).toSorted((a, b) => at(chances, a) - at(chances, b));
  const adjusted = new Array<number>(chances.length).fill(1);
  let least = 0;
  for (const [rank, place] of order.entries()) {
    least = Math.min(1, Math.max(least, (chances.length - rank) * at(chances, place)));
    adjusted[place] = least;
  }
  return adjusted;
}

const at = (list: readonly number[], place: number) => list[place] as number;

/** Below this a finding is one: once in twenty looks it would be one by chance. */
export const RARE = 0.05;
