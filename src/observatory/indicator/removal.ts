import { type Bilingual, Fault } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import type { Element, Framework } from './framework.ts';
import { measureIndex, type Score } from './measure.ts';
import { type Build, build, scoresOf } from './pipeline.ts';
import { openTally } from './ranking.ts';
import type { Recipe } from './recipe.ts';
import type { Ground } from './state.ts';
import type { Case } from './units.ts';

/**
 * The ground without an element and all that is under it; what would be left without parts goes,
 * too.
 * @throws indicator.element_unknown for an element that is not there, and for the index itself
 */
export function withoutElement(ground: Ground, code: string): Ground {
  const { framework, units } = ground;
  const { elements, indicators, top } = framework;
  const removed = elements.findIndex((one) => one.code === code);
  const gone = new Set<number>();
  const remove = (at: number): void => {
    gone.add(at);
    const { children, parent } = elements[at] as Element;
    for (const child of children) if (!gone.has(child)) remove(child);
    if (parent === null || gone.has(parent)) return;
    if ((elements[parent] as Element).children.every((child) => gone.has(child))) remove(parent);
  };
  if (removed >= 0) remove(removed);
  if (removed < 0 || gone.has(top)) throw fault('indicator.element_unknown', { element: code });
  const kept = [...elements.keys()].filter((at) => !gone.has(at));
  const cases = units.cases.length;
  const values = kept
    .filter((at) => at < indicators.length)
    .flatMap((at) => [...units.values.subarray(at * cases, (at + 1) * cases)]);
  return {
    framework: frameworkOf(framework, kept),
    units: { ...units, values: Float64Array.from(values) },
  };
}

/** The framework of the elements at some positions, under new ones. */
function frameworkOf(framework: Framework, kept: readonly number[]): Framework {
  const positions = new Map(kept.map((at, position) => [at, position]));
  const moved = <One extends Element>(one: One): One => ({
    ...one,
    parent: one.parent === null ? null : (positions.get(one.parent) as number),
    children: one.children.flatMap((child) => positions.get(child) ?? []),
  });
  const indicators = framework.indicators.filter((_, at) => positions.has(at)).map(moved);
  const aggregates = kept.slice(indicators.length).map((at) => framework.elements[at] as Element);
  return {
    ...framework,
    elements: [...indicators, ...aggregates.map(moved)],
    indicators,
    top: positions.get(framework.top) as number,
  };
}

/** What becomes of the ranks without an element: the larger, the more hangs on it. */
export type Removal = {
  element: string;
  /** Why there is no index without it; null where there is one. */
  impossible: Bilingual | null;
  /**
   * Mean and largest absolute shift of the recipe's own ranks, over the units with an index; null
   * where there is none.
   */
  mean_shift: number | null;
  largest_shift: number | null;
  /** Units whose rank without the element is outside of their interval with it. */
  outside: { unit: string; period: string | null; interval: Score['rank'] }[];
};

/**
 * Removes one element after the other, each time alone. A removal that the recipe does not allow
 * says so, and the others go on.
 * @throws indicator.step_impossible of the recipe with all of them, indicator.element_unknown
 */
export function removals(ground: Ground, recipe: Recipe, codes: readonly string[]): Removal[] {
  const { scores } = measureIndex(ground, recipe);
  return codes.map((element) => {
    const rest = withoutElement(ground, element);
    try {
      const left = build(rest, withoutWeight(recipe, element).steps);
      return removalOf(element, scores, ownRanks(left));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const none = { mean_shift: null, largest_shift: null, outside: [] };
      return { element, impossible: error.messages, ...none };
    }
  });
}

/** The recipe without a weight for an element that is no longer there. */
function withoutWeight(recipe: Recipe, code: string): Recipe {
  const steps = recipe.steps.map((step) => {
    if (step.do !== 'weigh' || step.method !== 'given') return step;
    const { [code]: _, ...weights } = step.weights;
    return { ...step, weights };
  });
  return { ...recipe, steps };
}

const keyOf = ({ unit, period }: { unit: string; period: string | null }) =>
  JSON.stringify([unit, period]);

/** Ranks under the recipe itself, for shifts alone: they are not handed out without intervals. */
function ownRanks(made: Build): Map<string, number> {
  const { framework, units } = made.ground;
  const index = scoresOf(made, framework.top);
  return new Map(
    units.spans.flatMap((span) => {
      const { units: places, own } = openTally(span, index);
      return places.map((at, i): [string, number] => [
        keyOf(units.cases[at] as Case),
        own[i] as number,
      ]);
    }),
  );
}

function removalOf(
  element: string,
  scores: readonly Score[],
  after: ReadonlyMap<string, number>,
): Removal {
  const both = scores.flatMap((score) => {
    const rank = after.get(keyOf(score));
    return rank === undefined ? [] : [{ score, rank }];
  });
  const shifts = both.map(({ score, rank }) => Math.abs(rank - score.rank.own));
  return {
    element,
    impossible: null,
    mean_shift: shifts.reduce((sum, shift) => sum + shift, 0) / Math.max(1, shifts.length),
    largest_shift: Math.max(0, ...shifts),
    outside: both.flatMap(({ score: { unit, period, rank: interval }, rank }) =>
      interval.low <= rank && rank <= interval.high ? [] : [{ unit, period, interval }],
    ),
  };
}
