import { aggregate } from './aggregation.ts';
import type { Plan } from './factors.ts';
import { startOf, takeStep } from './pipeline.ts';
import { findStep, type Step, type StepOf } from './recipe.ts';
import type { Ground, State } from './state.ts';

/**
 * Re-runs a recipe under one plan after the other and gives the index of each case, NaN for none;
 * the numbers stand until the next run.
 * What the last run did is kept after each step: plans that begin alike share their beginning, and
 * in the order of the steps every beginning is worked out once.
 *
 * @throws indicator.step_impossible where a plan's choices do not fit the data or each other
 */
export function openRerun(ground: Ground): (plan: Plan) => Float64Array {
  const kept: { step: Step | null; state: State }[] = [];
  const { framework, units } = ground;
  const cases = units.cases.length;
  const begin = startOf(ground);
  const buffer = new Float64Array(framework.elements.length * cases);
  return ({ steps, noise }) => {
    let state = begin;
    let isShared = true;
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at] as Step | null;
      isShared &&= at < kept.length && kept[at]?.step === step;
      if (isShared) state = (kept[at] as (typeof kept)[number]).state;
      else {
        state = (step && takeStep(ground, state, step)?.state) ?? state;
        // What stood behind it came from another beginning.
        kept.splice(at, kept.length, { step, state });
      }
    }
    const taken = steps.filter((step) => step !== null);
    const { scores } = aggregate(
      ground,
      state,
      findStep(taken, 'aggregate') as StepOf<'aggregate'>,
      findStep(taken, 'weigh') as StepOf<'weigh'>,
      { noise, scores: buffer },
    );
    return scores.subarray(framework.top * cases, (framework.top + 1) * cases);
  };
}
