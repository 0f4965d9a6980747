import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knobsOf, planOf } from './factors.ts';
import { build, scoresOf } from './pipeline.ts';
import type { Step } from './recipe.ts';
import { openRerun } from './rerun.ts';
import { groundOf, recipeOf } from './testing.ts';
import { examine } from './uncertainty.ts';

const ground = groundOf(
  [
    { code: 'a', values: [1, 2, 4, 8, null, 32, 64, 700], Parent: 'P', Weight: 2 },
    { code: 'b', values: [5, 3, null, 9, 2, 6, 5, 3], Parent: 'P', Direction: -1 },
    { code: 'c', values: [2, 7, 1, 8, 2, 8, 1, 8] },
  ],
  { parents: ['P'], group: ['e', 'e', 'a', 'a', 'e', 'a', 'e', 'a'] },
);
const recipe = recipeOf(
  {
    impute: { method: 'group_mean', group: 'group' },
    treat: { method: 'winsorise', most: 1 },
    normalise: { low: 1 },
  },
  {
    uncertainty: {
      runs: 1000,
      factors: [
        { step: 'weigh', noise: 0.4 },
        { step: 'aggregate', options: [{ method: 'geometric' }, { method: 'harmonic' }] },
        { step: 'impute', options: [{ method: 'median' }] },
        { step: 'treat', options: ['skip', { method: 'log' }] },
      ],
    },
  },
);
const knobs = knobsOf(recipe, ground.framework.elements.length);

/** Turns the knobs and gives the plan, with the steps that it takes. */
function planAt(us: readonly number[]) {
  const plan = planOf(recipe);
  knobs.forEach((knob, at) => {
    knob.turn(plan, us[at] as number);
  });
  return { plan, steps: plan.steps.filter((step): step is Step => step !== null) };
}

describe('re-runs', () => {
  it('turn their knobs in the order of the steps, noise last', () => {
    expect(knobs.map(({ step, size }) => [step, size])).toEqual([
      ['impute', 2],
      ['treat', 3],
      ['aggregate', 3],
      ['weigh', Number.POSITIVE_INFINITY],
    ]);
  });

  it('that share their beginning come to what a fresh run comes to, in any order', () => {
    const u = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const sequence = fc.array(fc.tuple(u, u, u), { minLength: 2, maxLength: 8 });
    fc.assert(
      fc.property(sequence, (all) => {
        const rerun = openRerun(ground);
        for (const us of all) {
          const { plan, steps } = planAt([...us, 0]);
          plan.noise = null;
          const fresh = build(ground, steps);
          expect([...rerun(plan)]).toEqual([...scoresOf(fresh, ground.framework.top)]);
        }
      }),
    );
  });

  it('after one that could not be done, take nothing from before it', () => {
    const rerun = openRerun(ground);
    const { plan } = planAt([0, 0, 0, 0]);
    plan.noise = null;
    rerun(plan);
    const [, treating, scaling] = plan.steps as [Step, Step, Step];
    const impossible = { do: 'normalise', method: 'share_of_best', panel: 'pooled' } as const;
    const others = planAt([0.9, 0, 0, 0]).plan.steps;
    expect(() => rerun({ noise: null, steps: others.with(2, impossible) })).toThrow();
    const steps = others.with(1, treating).with(2, scaling);
    const fresh = build(ground, steps as Step[]);
    expect([...rerun({ steps, noise: null })]).toEqual([...scoresOf(fresh, ground.framework.top)]);
  });

  it('with noise are the index under other given weights', () => {
    const { plan } = planAt([0, 0, 0, 0.123]);
    const noise = plan.noise as Float64Array;
    expect(noise.every((factor) => factor >= 0.6 && factor <= 1.4)).toBe(true);
    const weights = Object.fromEntries(
      ground.framework.elements.map(({ code, weight }, at) => [code, weight * (noise[at] ?? 1)]),
    );
    const steps = recipe.steps.map((step) =>
      step.do === 'weigh' && step.method === 'given' ? { ...step, weights } : step,
    );
    const fresh = scoresOf(build(ground, steps), ground.framework.top);
    const found = openRerun(ground)(plan);
    fresh.forEach((score, at) => {
      expect(found[at]).toBeCloseTo(score, 9);
    });
  });

  it('of a grid are all combinations, as many draws in each as the runs allow', () => {
    const index = scoresOf(build(ground, recipe.steps), ground.framework.top);
    expect(examine(ground, recipe, index)).toMatchObject({ design: 'grid', runs: 18 * 55 });
    const [, ...factors] = recipe.uncertainty.factors;
    const exact = { ...recipe, uncertainty: { ...recipe.uncertainty, factors } };
    const { runs, sensitivity } = examine(ground, exact, index);
    expect(runs).toBe(18);
    for (const { first, total } of sensitivity) {
      expect(first.low).toBe(first.high);
      expect(total.low).toBe(total.high);
    }
  });
});
