import { type FaultDetail, openDice } from '../../kernel/index.ts';
import {
  type Factor,
  isCounted,
  overrideStep,
  type Recipe,
  type Step,
  type StepName,
} from './recipe.ts';

/** The choices of one run. A step that is null is left out. */
export type Plan = { steps: (Step | null)[]; noise: Float64Array | null };

/** A factor ready to be turned: u in [0, 1) says how. */
export type Knob = {
  step: StepName;
  kind: 'options' | 'range' | 'noise';
  /** How many settings there are; Infinity for what is drawn. */
  size: number;
  turn(plan: Plan, u: number): void;
  /** What the plan does otherwise than the recipe by this factor, and where that is written. */
  choiceIn(plan: Plan): FaultDetail | null;
};

/** The factors of a recipe in the order of its steps, and noise last: it changes nothing before. */
export function knobsOf({ steps, uncertainty }: Recipe, elements: number): Knob[] {
  const knobs = uncertainty.factors.map((factor, which) => ({
    place: 'noise' in factor ? steps.length : steps.findIndex((one) => one.do === factor.step),
    knob: knobOf(factor, which, steps, elements),
  }));
  return knobs.toSorted((one, other) => one.place - other.place).map(({ knob }) => knob);
}

function knobOf(factor: Factor, which: number, steps: readonly Step[], elements: number): Knob {
  const path = `uncertainty/factors/${which}`;
  const said = (choice: string, more = ''): FaultDetail => {
    const words = `${factor.step} ${choice}`;
    return { path: `${path}${more}`, zh: words, en: words };
  };
  const at = steps.findIndex((one) => one.do === factor.step);
  const base = steps[at] as Step;
  if ('noise' in factor) {
    const turn = (plan: Plan, u: number) => {
      plan.noise = noiseOf(u, factor.noise, elements);
    };
    const choiceIn = ({ noise }: Plan) => (noise ? said(`noise ${factor.noise}`) : null);
    return { step: 'weigh', kind: 'noise', size: Number.POSITIVE_INFINITY, turn, choiceIn };
  }
  if ('range' in factor) {
    const { field, from, to } = factor.range;
    // All whole numbers of a range are equally likely, its end among them.
    const valueAt = (u: number) =>
      isCounted(field) ? Math.floor(from + (to + 1 - from) * u) : from + (to - from) * u;
    const turn = (plan: Plan, u: number) => {
      plan.steps[at] = { ...base, [field]: valueAt(u) };
    };
    const choiceIn = ({ steps: taken }: Plan) =>
      said(`${field} ${(taken[at] as unknown as Record<string, number>)[field]}`);
    return { step: factor.step, kind: 'range', size: Number.POSITIVE_INFINITY, turn, choiceIn };
  }
  const others = factor.options.map((one) => (one === 'skip' ? null : overrideStep(base, one)));
  const settings = [base, ...others];
  const turn = (plan: Plan, u: number) => {
    plan.steps[at] = settings[Math.floor(u * settings.length)] as Step | null;
  };
  const choiceIn = ({ steps: taken }: Plan) => {
    const option = settings.indexOf(taken[at] as Step | null) - 1;
    return option < 0 ? null : said(JSON.stringify(factor.options[option]), `/options/${option}`);
  };
  return { step: factor.step, kind: 'options', size: settings.length, turn, choiceIn };
}

/**
 * A factor for each weight, uniform within 1 ± noise. All of them come from one number, so that the
 * weights together are one factor: u is a multiple of 2⁻³² and seeds the dice.
 */
function noiseOf(u: number, noise: number, elements: number): Float64Array {
  const dice = openDice(Math.floor(u * 2 ** 32));
  const factors = new Float64Array(elements);
  for (let at = 0; at < elements; at++) factors[at] = 1 + noise * (2 * dice.fraction() - 1);
  return factors;
}

export function planOf({ steps }: Recipe): Plan {
  return { steps: [...steps], noise: null };
}
