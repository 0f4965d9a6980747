import { Fault, limits, openDice } from '../../kernel/index.ts';
import { type Knob, knobsOf, type Plan, planOf } from './factors.ts';
import { fault, impossible, tooLong } from './faults.ts';
import { addRun, openTally, type Standing, standings, type Tally } from './ranking.ts';
import type { Recipe, StepName } from './recipe.ts';
import { openRerun } from './rerun.ts';
import { type Indices, indicesOfGrid, sampledIndices } from './sobol.ts';
import type { Ground } from './state.ts';

export type Sensitivity = { step: StepName; kind: Knob['kind'] } & Indices;

export type Uncertainty = {
  /** `grid`: every combination of the options, with the same draws in each. */
  design: 'grid' | 'sample';
  runs: number;
  standings: readonly Standing[];
  /**
   * What the mean absolute shift of the ranks depends on, the outcome of M. Saisana, A. Saltelli
   * and S. Tarantola, JRSS A 168 (2005), 307–323, with the recipe's own ranks as reference.
   */
  sensitivity: readonly Sensitivity[];
};

/**
 * Draws of the one axis of a grid that is drawn, and rows of a sample, below which resampling says
 * nothing of how far a share may be off: a grid that leaves fewer is sampled, a sample refused.
 */
const LEAST_DRAWS = 50;

/** Whether whoever asked has waited for long enough. */
export type IsLate = () => boolean;
export const neverLate: IsLate = () => false;
/** Asking for the time costs as much as a small run. */
const RUNS_BETWEEN_LOOKS = 64;

/** Runs a plan, counts it, and says how far ranks shifted on average. */
type Runner = (plan: Plan) => number;

/**
 * How far the ranks hold when the recipe's choices are made otherwise. Options are combined in
 * full, with the same draws of weights (or of one range) in every combination; where that takes
 * more runs than allowed, leaves fewer than 50 draws, or several things are drawn, rows are
 * sampled.
 *
 * @param index the index of each case under the recipe itself
 * @throws indicator.too_large, indicator.too_long, indicator.step_impossible where the runs are too
 * few for a sample, indicator.rerun_impossible with the choices of a run that the data do not allow
 */
export function examine(
  ground: Ground,
  recipe: Recipe,
  index: Float64Array,
  isLate: IsLate = neverLate,
): Uncertainty {
  const { runs } = recipe.uncertainty;
  let begun = 0;
  checkWork(ground, runs);
  const tallies = ground.units.spans.map((span) => openTally(span, index));
  const rerun = openRerun(ground);
  const knobs = knobsOf(recipe, ground.framework.elements.length);
  const run: Runner = (plan) => {
    if (++begun % RUNS_BETWEEN_LOOKS === 0 && isLate()) throw tooLong();
    try {
      return shiftOf(tallies, rerun(plan));
    } catch (error) {
      throw error instanceof Fault ? withChoices(error, knobs, plan) : error;
    }
  };
  const drawn = knobs.filter(({ size }) => size === Number.POSITIVE_INFINITY);
  const combinations = knobs.reduce((product, { size }) => {
    return size === Number.POSITIVE_INFINITY ? product : product * size;
  }, 1);
  const draws = Math.floor(runs / combinations);
  const isGrid = drawn.length === 0 ? draws >= 1 : drawn.length === 1 && draws >= LEAST_DRAWS;
  if (!isGrid) checkRows(runs, knobs.length);
  const { indices, done } = isGrid
    ? runGrid(recipe, knobs, draws, run)
    : runSample(recipe, knobs, run);
  return {
    design: isGrid ? 'grid' : 'sample',
    runs: done,
    standings: tallies.flatMap((tally) => standings(tally, index, recipe.uncertainty)),
    sensitivity: knobs.map(({ step, kind }, at) => ({ step, kind, ...(indices[at] as Indices) })),
  };
}

function checkRows(runs: number, factors: number): void {
  const least = LEAST_DRAWS * (factors + 2);
  if (runs >= least) return;
  throw impossible('uncertainty', {
    zh: `${factors} 个因素要抽样，${runs} 次重算太少：runs 至少取 ${least}。`,
    en: `${runs} runs are too few to sample ${factors} factors: give runs of ${least} or more.`,
  });
}

/** The fault of a run, with what that run did otherwise than the recipe. */
function withChoices(error: Fault, knobs: readonly Knob[], plan: Plan): Fault {
  const choices = knobs.flatMap((knob) => knob.choiceIn(plan) ?? []);
  const { zh, en } = error.messages;
  const chosen = choices.map(({ en: choice }) => choice).join(', ');
  return fault('indicator.rerun_impossible', { chosen, zh, en }, [...choices, ...error.errors]);
}

function checkWork({ units }: Ground, runs: number): void {
  const pairs = units.spans.reduce((sum, { from, to }) => sum + ((to - from) * (to - from)) / 2, 0);
  const limit = limits.index_comparisons;
  if (pairs * runs <= limit) return;
  throw fault('indicator.too_large', { what: `uncertainty.runs ${runs} × ${pairs}`, limit });
}

function shiftOf(tallies: readonly Tally[], scores: Float64Array): number {
  let [shift, count] = [0, 0];
  for (const tally of tallies) {
    const run = addRun(tally, scores);
    shift += run.shift;
    count += run.count;
  }
  return count === 0 ? 0 : shift / count;
}

/** The knobs with options outermost, the drawn one innermost: its draws are the same everywhere. */
function runGrid(recipe: Recipe, knobs: readonly Knob[], draws: number, run: Runner) {
  const { seed, level } = recipe.uncertainty;
  const dice = openDice(seed);
  const drawnAt = knobs.findIndex(({ size }) => size === Number.POSITIVE_INFINITY);
  const order = [...knobs.keys()].filter((at) => at !== drawnAt);
  if (drawnAt >= 0) order.push(drawnAt);
  const us = Float64Array.from({ length: draws }, () => dice.fraction());
  const sizes = order.map((at) => (at === drawnAt ? draws : (knobs[at] as Knob).size));
  const outcomes = new Float64Array(sizes.reduce((product, size) => product * size, 1));
  const plan = planOf(recipe);
  let done = 0;
  const turn = (depth: number): void => {
    if (depth === order.length) {
      outcomes[done++] = run(plan);
      return;
    }
    const at = order[depth] as number;
    const size = sizes[depth] as number;
    for (let setting = 0; setting < size; setting++) {
      const u = at === drawnAt ? (us[setting] as number) : (setting + 0.5) / size;
      (knobs[at] as Knob).turn(plan, u);
      turn(depth + 1);
    }
  };
  turn(0);
  const ordered = indicesOfGrid(outcomes, sizes, drawnAt >= 0, level, dice);
  return { done, indices: knobs.map((_, at) => ordered[order.indexOf(at)] as Indices) };
}

function runSample(recipe: Recipe, knobs: readonly Knob[], run: Runner) {
  const { seed, level, runs } = recipe.uncertainty;
  const dimensions = knobs.length;
  const base = Math.floor(runs / (dimensions + 2));
  let done = 0;
  const indices = sampledIndices(
    (point) => {
      const plan = planOf(recipe);
      for (let at = 0; at < dimensions; at++) (knobs[at] as Knob).turn(plan, point[at] as number);
      done++;
      return run(plan);
    },
    { dimensions, base, level, dice: openDice(seed) },
  );
  return { done, indices };
}
