import { range } from './descriptive.ts';
import type { Span } from './units.ts';

/** Relative to the largest index; a sum of some hundred products is off by less. */
const ROUNDING = 1e-12;

/**
 * Counts over many runs how the units of one period stand. `units` are the positions of the cases
 * that have an index under the recipe itself.
 */
export type Tally = {
  units: readonly number[];
  /** Ranks under the recipe itself, by unit; 1 is best, equals share the better rank. */
  own: Int32Array;
  /** units × units: two for each run in which the one is above the other, one where equal. */
  wins: Int32Array;
  /** units × (units + 1): runs by rank; rank 0 counts runs without an index. */
  ranks: Int32Array;
  /** Differences up to this are rounding: units that add up to the same are equal. */
  tolerance: number;
  /** The index and the ranks of the last run. */
  last: { values: Float64Array; ranks: Int32Array };
};

export function openTally({ from, to }: Span, index: Float64Array): Tally {
  const units = Array.from({ length: to - from }, (_, at) => from + at).filter(
    (at) => !Number.isNaN(index[at]),
  );
  const n = units.length;
  const { min, max } = range(index.subarray(from, to));
  const tally = {
    units,
    tolerance: n === 0 ? 0 : ROUNDING * Math.max(Math.abs(min), Math.abs(max)),
    own: new Int32Array(n),
    wins: new Int32Array(n * n),
    ranks: new Int32Array(n * (n + 1)),
    last: { values: new Float64Array(n), ranks: new Int32Array(n) },
  };
  tally.own.set(ranksIn(tally, index));
  tally.wins.fill(0);
  return tally;
}

/** Ranks of a run, 0 for a unit without an index; adds up who was above whom. */
function ranksIn({ units, wins, last, tolerance }: Tally, index: Float64Array): Int32Array {
  const n = units.length;
  const { values, ranks } = last;
  for (let unit = 0; unit < n; unit++) values[unit] = index[units[unit] as number] as number;
  for (let one = 0; one < n; one++) {
    const value = values[one] as number;
    if (Number.isNaN(value)) {
      ranks[one] = 0;
      continue;
    }
    let above = 0;
    for (let other = 0; other < one; other++) {
      const apart = value - (values[other] as number);
      if (apart > tolerance) {
        wins[one * n + other] = (wins[one * n + other] as number) + 2;
        ranks[other] = (ranks[other] as number) + 1;
      } else if (apart < -tolerance) {
        wins[other * n + one] = (wins[other * n + one] as number) + 2;
        above++;
      } else if (!Number.isNaN(apart)) {
        wins[one * n + other] = (wins[one * n + other] as number) + 1;
        wins[other * n + one] = (wins[other * n + one] as number) + 1;
      }
    }
    ranks[one] = 1 + above;
  }
  return ranks;
}

/** Adds a run and gives the sum of how far its ranks are from the recipe's own, and of how many. */
export function addRun(tally: Tally, index: Float64Array): { shift: number; count: number } {
  const n = tally.units.length;
  const ranks = ranksIn(tally, index);
  let [shift, count] = [0, 0];
  for (let unit = 0; unit < n; unit++) {
    const rank = ranks[unit] as number;
    tally.ranks[unit * (n + 1) + rank] = (tally.ranks[unit * (n + 1) + rank] as number) + 1;
    if (rank === 0) continue;
    shift += Math.abs(rank - (tally.own[unit] as number));
    count++;
  }
  return { shift, count };
}

export type Standing = {
  /** Position of the case. */
  at: number;
  /** The middle `level` of its ranks over the runs, and the recipe's own rank with it. */
  rank: { low: number; high: number; own: number };
  /** Counted from the best group. All of a group have its place. */
  tie_group: number;
  place: number;
  /** Positions of the cases that it cannot be told apart from, best first. */
  not_told_apart: number[];
  /** Runs in which it got no index. */
  runs_without: number;
};

export type Ties = 'best_of_group' | 'chain';

/**
 * Where each unit stands, best first. One unit is told apart from another when it is above it in
 * at least (1 + level) ÷ 2 of the runs that know both: the two-sided interval of their difference
 * leaves out zero. That is no equivalence (A and B, B and C, but not A and C), so there are two
 * ways to groups. `best_of_group`: a group is its best unit and those behind it up to the first
 * that is told apart from it. `chain`: a group ends only where all above are told apart from all
 * below, so that two units of different places always are; long chains make few groups.
 */
export function standings(
  tally: Tally,
  index: Float64Array,
  { level, ties }: { level: number; ties: Ties },
): Standing[] {
  const { units, own, wins } = tally;
  const n = units.length;
  const score = (unit: number) => index[units[unit] as number] as number;
  const order = [...units.keys()].sort((one, other) => score(other) - score(one));
  const isAbove = (one: number, other: number) => {
    const won = wins[one * n + other] as number;
    const runs = won + (wins[other * n + one] as number);
    return runs > 0 && won / runs >= (1 + level) / 2;
  };
  const starts = ties === 'chain' ? startsOfChains(order, isAbove) : startsOfBest(order, isAbove);
  let [tie_group, place] = [0, 0];
  return order.map((unit, position) => {
    if (starts.has(position)) [tie_group, place] = [tie_group + 1, position + 1];
    const open = order.filter(
      (other) => other !== unit && !isAbove(unit, other) && !isAbove(other, unit),
    );
    return {
      at: units[unit] as number,
      rank: { ...intervalOf(tally, unit, level), own: own[unit] as number },
      ...{ tie_group, place, not_told_apart: open.map((other) => units[other] as number) },
      runs_without: tally.ranks[unit * (n + 1)] as number,
    };
  });
}

type IsAbove = (one: number, other: number) => boolean;

function startsOfBest(order: readonly number[], isAbove: IsAbove): Set<number> {
  const starts = new Set<number>();
  let best = -1;
  order.forEach((unit, position) => {
    if (position > 0 && !isAbove(best, unit)) return;
    best = unit;
    starts.add(position);
  });
  return starts;
}

function startsOfChains(order: readonly number[], isAbove: IsAbove): Set<number> {
  const starts = new Set<number>();
  let reach = -1;
  order.forEach((unit, position) => {
    if (position > reach) starts.add(position);
    const last = order.findLastIndex((other, at) => at > position && !isAbove(unit, other));
    reach = Math.max(reach, position, last);
  });
  return starts;
}

/** Ranks between the quantiles (1 ∓ level) ÷ 2 by nearest rank, and the recipe's own with them. */
function intervalOf({ units, ranks, own }: Tally, unit: number, level: number) {
  const n = units.length;
  const counts = ranks.subarray(unit * (n + 1) + 1, (unit + 1) * (n + 1));
  const runs = counts.reduce((sum, count) => sum + count, 0);
  const quantile = (p: number) => {
    let seen = 0;
    const at = counts.findIndex((count) => {
      seen += count;
      return seen >= p * runs && seen > 0;
    });
    return at + 1;
  };
  const at = own[unit] as number;
  if (runs === 0) return { low: 1, high: n };
  return {
    low: Math.min(at, quantile((1 - level) / 2)),
    high: Math.max(at, quantile((1 + level) / 2)),
  };
}
