type Rank = { low: number; high: number; own: number };

/** Half a rank stands at either end, so that the best and the worst are drawn whole. */
const at = (rank: number, count: number) => ((rank - 0.5) / count) * 100;

/** Where ranks lie on a scale from the best to the worst, in percent of it. */
export function placeOfRanks({ low, high, own }: Rank, count: number) {
  const [from, to] = [at(low - 0.3, count), at(high + 0.3, count)];
  return { left: from, width: to - from, dot: at(own, count) };
}

const MOST_TICKS = 5;

/** Round ranks to write under a scale: the first, the last and some between. */
export function ticksOf(count: number): { rank: number; left: number }[] {
  const step = Math.max(1, Math.ceil((count - 1) / (MOST_TICKS - 1)));
  const ranks = [1];
  for (let rank = 1 + step; rank < count - step / 2; rank += step) ranks.push(rank);
  if (count > 1) ranks.push(count);
  return ranks.map((rank) => ({ rank, left: at(rank, count) }));
}
