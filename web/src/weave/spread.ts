/**
 * Moves sorted positions apart to at least `gap`, inside `lower` and `upper`, with the least sum
 * of squared moves. With y = x − i·gap the gaps become "never falling", which is isotonic
 * regression: neighbours that fall are pooled to their mean until none does (Barlow et al. 1972).
 * Where the room is too small the gap shrinks and the positions are even.
 */
export function spread(
  positions: readonly number[],
  gap: number,
  lower: number,
  upper: number,
): number[] {
  const count = positions.length;
  if (count === 0) return [];
  const room = Math.max(0, upper - lower);
  const step = count > 1 ? Math.min(gap, room / (count - 1)) : 0;
  const pools: { mean: number; size: number }[] = [];
  positions.forEach((position, index) => {
    let pool = { mean: position - index * step, size: 1 };
    for (let last = pools.at(-1); last && last.mean > pool.mean; last = pools.at(-1)) {
      pools.pop();
      const size = last.size + pool.size;
      pool = { mean: (last.mean * last.size + pool.mean * pool.size) / size, size };
    }
    pools.push(pool);
  });
  const highest = upper - (count - 1) * step;
  return pools
    .flatMap(({ mean, size }) => Array<number>(size).fill(Math.min(highest, Math.max(lower, mean))))
    .map((value, index) => value + index * step);
}
