import type { Bilingual } from '../../kernel/index.ts';
import { type Consistency, consistencyOf } from './consistency.ts';
import { type Explanation, explain } from './explanation.ts';
import type { Element } from './framework.ts';
import { type Build, build, scoresOf } from './pipeline.ts';
import type { Standing } from './ranking.ts';
import type { Recipe } from './recipe.ts';
import { availability } from './screening.ts';
import { type Ground, namesOf } from './state.ts';
import { examine, type IsLate, neverLate, type Sensitivity } from './uncertainty.ts';

/** A unit's index in a period, with all that keeps it from being read as more than it is. */
export type Score = {
  unit: string;
  name: string;
  period: string | null;
  index: number;
  /** 1 is best. `low` to `high` holds the asked share of the runs; `own` is the recipe's own. */
  rank: { low: number; high: number; own: number };
  tie_group: number;
  /** The place that the whole tie group has. */
  place: number;
  /** Codes of the units that it cannot be told apart from. */
  not_told_apart: readonly string[];
  runs_without: number;
  /** Share of the indicators that were observed; the rest was filled in or is missing. */
  observed: number;
  /** Scores of the elements between the index and the indicators. */
  elements: Readonly<Record<string, number | null>>;
};

export type Index = {
  name: Bilingual;
  scores: readonly Score[];
  /** Units that have no index, and why that may be. */
  without_index: readonly (Pick<Score, 'unit' | 'name' | 'period'> & { reason: Bilingual })[];
  /** What the index does not measure. It goes with the numbers wherever they go. */
  not_measured: readonly Bilingual[];
  uncertainty: { level: number; runs: number; seed: number; design: 'grid' | 'sample' };
  sensitivity: readonly Sensitivity[];
  /** What happened on the way that nobody asked for. */
  remarks: readonly Bilingual[];
  recipe: Recipe;
};

/**
 * Makes an index, and examines it: there is no way to the one without the other.
 * @param isLate asked between the re-runs: whoever waits for an answer does so for a while only
 * @throws indicator.step_impossible, indicator.too_long
 */
export function measureIndex(ground: Ground, recipe: Recipe, isLate: IsLate = neverLate): Index {
  return indexOf(build(ground, recipe.steps), recipe, isLate);
}

/**
 * Explains one score down to the cells, with what the index does not measure.
 * @throws indicator.unit_unknown, indicator.element_unknown, indicator.step_impossible
 */
export function explainScore(
  ground: Ground,
  recipe: Recipe,
  asked: { unit: string; period?: string | undefined; element?: string | undefined },
): Explanation & Pick<Index, 'not_measured'> {
  const { not_measured } = recipe;
  return { ...explain(build(ground, recipe.steps), asked), not_measured };
}

/**
 * Says how far the parts of each element belong together, on normalised values.
 * @throws indicator.step_impossible
 */
export function checkConsistency(ground: Ground, recipe: Recipe): Consistency[] {
  return consistencyOf(build(ground, recipe.steps));
}

function indexOf(made: Build, recipe: Recipe, isLate: IsLate): Index {
  const { framework, units } = made.ground;
  const index = scoresOf(made, framework.top);
  const { standings, runs, design, sensitivity } = examine(made.ground, recipe, index, isLate);
  const observed = availability(made.ground, units.values);
  const { level, seed } = recipe.uncertainty;
  return {
    name: recipe.name,
    scores: standings.map((standing) => scoreOf(made, standing, observed)),
    without_index: units.cases.flatMap(({ unit, name, period }, at) =>
      Number.isNaN(index[at]) ? [{ unit, name, period, reason: reasonOf(made, at, observed) }] : [],
    ),
    not_measured: recipe.not_measured,
    uncertainty: { level, runs, seed, design },
    sensitivity,
    remarks: [...leftOut(made), ...empty(made), ...made.remarks],
    recipe,
  };
}

function scoreOf(made: Build, standing: Standing, observed: Float64Array): Score {
  const { framework, units } = made.ground;
  const { at, not_told_apart, ...rest } = standing;
  const { unit, name, period } = units.cases[at] as (typeof units.cases)[number];
  const between = framework.elements.flatMap(({ code, children }: Element, element) => {
    if (children.length === 0 || element === framework.top) return [];
    const score = scoresOf(made, element)[at] as number;
    return [[code, Number.isNaN(score) ? null : score] as const];
  });
  return {
    ...{ unit, name, period, index: scoresOf(made, framework.top)[at] as number },
    ...rest,
    not_told_apart: not_told_apart.map((other) => units.cases[other]?.unit as string),
    observed: observed[at] as number,
    elements: Object.fromEntries(between),
  };
}

function reasonOf({ stages }: Build, at: number, observed: Float64Array): Bilingual {
  const percent = `${Math.round((observed[at] as number) * 100)} %`;
  const isScreened = stages.at(-1)?.outcome.state.kept[at] === 0;
  return isScreened
    ? { zh: `数据只有 ${percent}，已剔除。`, en: `Left out by screening: ${percent} observed.` }
    : {
        zh: `数据只有 ${percent}，有的下级没有足够的数据。`,
        en: `${percent} observed: too few parts of an element are known (aggregate, least).`,
      };
}

/** Indicators of which no unit has a value: they may be a column that was filled in wrongly. */
function empty({ ground }: Build): Bilingual[] {
  const { framework, units } = ground;
  const cases = units.cases.length;
  const codes = framework.indicators.flatMap(({ code }, at) => {
    const column = units.values.subarray(at * cases, (at + 1) * cases);
    return column.every((value) => Number.isNaN(value)) ? [code] : [];
  });
  if (codes.length === 0) return [];
  return [
    {
      zh: `以下指标没有任何数据：${namesOf(codes)}。`,
      en: `No unit has a value of these indicators: ${namesOf(codes)}.`,
    },
  ];
}

function leftOut({ ground }: Build): Bilingual[] {
  const names = ground.units.left_out.join(', ');
  if (names === '') return [];
  return [
    {
      zh: `数据表中的这些列不在指标体系里，没有使用：${names}。`,
      en: `These columns of the data are not in the framework and were not used: ${names}.`,
    },
  ];
}
