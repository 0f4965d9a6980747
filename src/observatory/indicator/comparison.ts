import type { Bilingual } from '../../kernel/index.ts';
import { rankCorrelation } from './descriptive.ts';
import { type Index, measureIndex, type Score } from './measure.ts';
import type { Recipe } from './recipe.ts';
import type { Ground } from './state.ts';
import { type IsLate, neverLate } from './uncertainty.ts';

type Side = Pick<Score, 'index' | 'rank' | 'place'>;

/** A unit in a period under two recipes. */
export type Moved = {
  unit: string;
  period: string | null;
  one: Side | null;
  other: Side | null;
  /** Whether the intervals of its ranks have no rank in common: it has moved beyond doubt. */
  is_apart: boolean;
};

export type PeriodChange = {
  period: string | null;
  /** Spearman's correlation of the two; null below three units or without differences. */
  rank_correlation: number | null;
  /** Mean of the other index less the one: the break that a series would show. */
  mean_change: number | null;
};

export type Comparison = {
  units: Moved[];
  /** One entry a period: over several, the back-cast of the series under the other recipe. */
  periods: PeriodChange[];
  not_measured: { one: readonly Bilingual[]; other: readonly Bilingual[] };
};

/**
 * Makes all periods under two recipes and says what differs. A recipe that is to replace another is
 * so carried back over the years before, and the break is shown instead of spliced away.
 */
export function compareRecipes(
  ground: Ground,
  one: Recipe,
  other: Recipe,
  isLate: IsLate = neverLate,
): Comparison {
  const before = measureIndex(ground, one, isLate);
  const after = measureIndex(ground, other, isLate);
  const [first, second] = [byCase(before), byCase(after)];
  const units = ground.units.cases.map(({ unit, period }): Moved => {
    const key = JSON.stringify([unit, period]);
    const sides = [first.get(key) ?? null, second.get(key) ?? null] as const;
    return { unit, period, one: sides[0], other: sides[1], is_apart: isApart(...sides) };
  });
  return {
    units,
    periods: ground.units.spans.map(({ period, from, to }) =>
      changeOf(period, units.slice(from, to)),
    ),
    not_measured: { one: before.not_measured, other: after.not_measured },
  };
}

function byCase({ scores }: Index): Map<string, Side> {
  return new Map(
    scores.map(({ unit, period, index, rank, place }) => [
      JSON.stringify([unit, period]),
      { index, rank, place },
    ]),
  );
}

function isApart(one: Side | null, other: Side | null): boolean {
  if (!one || !other) return false;
  return one.rank.high < other.rank.low || other.rank.high < one.rank.low;
}

function changeOf(period: string | null, units: readonly Moved[]): PeriodChange {
  const both = units.flatMap(({ one, other }) => (one && other ? [[one.index, other.index]] : []));
  const column = (side: 0 | 1) => Float64Array.from(both, (pair) => pair[side] as number);
  const [one, other] = [column(0), column(1)];
  const sum = other.reduce((total, value, at) => total + value - (one[at] as number), 0);
  return {
    period,
    rank_correlation: rankCorrelation(one, other),
    mean_change: both.length === 0 ? null : sum / both.length,
  };
}
