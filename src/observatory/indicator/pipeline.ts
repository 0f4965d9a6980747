import type { Bilingual } from '../../kernel/index.ts';
import { type Aggregation, aggregate } from './aggregation.ts';
import { denominate, undivided } from './denomination.ts';
import { impossible } from './faults.ts';
import { impute } from './imputation.ts';
import { normalise } from './normalisation.ts';
import { treat } from './outliers.ts';
import { findStep, type Step, type StepOf } from './recipe.ts';
import { screen } from './screening.ts';
import type { Ground, Outcome, State } from './state.ts';

/** A step before the aggregation, and what it did. */
export type Stage = { step: Step; before: State; outcome: Outcome };

/** An index from the raw cells up, with everything that explains it. */
export type Build = {
  ground: Ground;
  steps: readonly Step[];
  stages: readonly Stage[];
  aggregation: Aggregation;
  remarks: readonly Bilingual[];
};

export function startOf({ units }: Ground): State {
  return { values: units.values, kept: new Uint8Array(units.cases.length).fill(1) };
}

/** The pipeline. Weights are taken level by level, together with the aggregation. */
export function takeStep(ground: Ground, state: State, step: Step): Outcome | null {
  switch (step.do) {
    case 'denominate':
      return denominate(ground, state);
    case 'impute':
      return impute(ground, state, step);
    case 'screen':
      return screen(ground, state, step);
    case 'treat':
      return treat(ground, state, step);
    case 'normalise':
      return normalise(ground, state, step);
    case 'weigh':
    case 'aggregate':
      return null;
  }
}

/**
 * Runs a recipe's steps over the units.
 * @throws indicator.step_impossible with what to do
 */
export function build(ground: Ground, steps: readonly Step[]): Build {
  const stages: Stage[] = [];
  let state = startOf(ground);
  for (const step of steps) {
    const outcome = takeStep(ground, state, step);
    if (!outcome) continue;
    stages.push({ step, before: state, outcome });
    state = outcome.state;
  }
  const weighing = findStep(steps, 'weigh') as StepOf<'weigh'>;
  const aggregation = aggregate(
    ground,
    state,
    findStep(steps, 'aggregate') as StepOf<'aggregate'>,
    weighing,
  );
  if (aggregation.scores.some((score) => Math.abs(score) === Number.POSITIVE_INFINITY)) {
    throw impossible('aggregate', {
      zh: '数值大到算不了：请检查原始数据和各步的参数。',
      en: 'numbers grow out of range: look at the data and at the parameters of the steps.',
    });
  }
  const remarks = [
    ...(findStep(steps, 'denominate') ? [] : undivided(ground.framework)),
    ...stages.flatMap(({ outcome }) => outcome.remarks()),
  ];
  return { ground, steps, stages, aggregation, remarks };
}

/** The column of an element, one score a case. */
export function scoresOf({ ground, aggregation }: Build, element: number): Float64Array {
  const cases = ground.units.cases.length;
  return aggregation.scores.subarray(element * cases, (element + 1) * cases);
}
