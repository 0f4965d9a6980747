import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

it('a power drawn for each run leaves nothing behind in memory', () => {
  const periods = Array.from({ length: 20 }, (_, at) => `${2000 + at}`);
  const values = Array.from({ length: 1000 }, (_, at) => 1 + (at % 7));
  const many = groundOf(
    [
      { code: 'a', values },
      { code: 'b', values: values.toReversed() },
    ],
    { periods },
  );
  const drawn = recipeOf(
    { normalise: { low: 1 }, aggregate: { method: 'power', power: 2 } },
    {
      uncertainty: {
        factors: [{ step: 'aggregate', range: { field: 'power', from: 1, to: 3 } }],
      },
    },
  );
  const [knob] = knobsOf(drawn, 3);
  const plan = planOf(drawn);
  const rerun = openRerun(many);
  const runs = (count: number) => {
    for (let at = 0; at < count; at++) {
      knob?.turn(plan, at / count);
      rerun(plan);
    }
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc');
    // What the first finds, a thread gives back; the second waits for that thread.
    collect();
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = runs(50);
  // Each run works out 24 kB of powers: kept, they would be 24 MB.
  expect(runs(1000) - before).toBeLessThan(4e6);
});

describe('a factor', () => {
  const of = (factors: object[], runs = 1000, steps: Parameters<typeof recipeOf>[0] = {}) => {
    const made = recipeOf(
      { impute: { method: 'median' }, ...steps },
      { uncertainty: { runs, factors } },
    );
    const index = scoresOf(build(ground, made.steps), ground.framework.top);
    return { made, examined: () => examine(ground, made, index) };
  };

  it('that is drawn has fifty draws at least: if not, it is sampled or refused', () => {
    const noise = { step: 'weigh', noise: 0.4 };
    const scales = { step: 'normalise', options: [{ method: 'z_score' }] };
    expect(of([noise, scales], 100).examined()).toMatchObject({ design: 'grid', runs: 100 });
    const treat = { step: 'treat', options: ['skip'] };
    const steps = { treat: { method: 'log' } };
    expect(of([noise, scales, treat], 250, steps).examined()).toMatchObject({ design: 'grid' });
    const skew = { step: 'treat', range: { field: 'skew', from: 1, to: 3 } };
    expect(of([noise, scales, treat], 199, steps).examined).toThrow(/199 runs .* 250 or more/);
    expect(of([noise, scales, skew], 250, steps).examined()).toMatchObject({ design: 'sample' });
  });

  it('that counts takes all whole numbers alike, and every one of them', () => {
    const factors = [{ step: 'treat', range: { field: 'most', from: 0, to: 2 } }];
    const { made } = of(factors, 100, { treat: { method: 'winsorise', most: 1 } });
    const [knob] = knobsOf(made, ground.framework.elements.length);
    const taken = [0, 0.33, 0.34, 0.66, 0.67, 0.999].map((u) => {
      const plan = planOf(made);
      knob?.turn(plan, u);
      return (plan.steps.find((step) => step?.do === 'treat') as { most: number }).most;
    });
    expect(taken).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('whose choice the data do not allow is named, with its option', () => {
    const factors = [
      { step: 'impute', options: ['skip'] },
      { step: 'aggregate', options: [{ method: 'geometric' }] },
    ];
    expect(of(factors).examined).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/aggregate \{"method":"geometric"\}.*normalise from 1 up/),
        errors: [expect.objectContaining({ path: 'uncertainty/factors/1/options/0' })],
      }),
    );
  });

  it('of another method keeps what both methods have', () => {
    const factors = [
      { step: 'normalise', options: [{ method: 'goalposts' }] },
      { step: 'aggregate', options: [{ method: 'geometric' }] },
      { step: 'treat', options: [{ method: 'log' }] },
    ];
    const by_level = [{ level: 2, method: 'harmonic' }];
    const { made } = of(factors, 1000, {
      treat: { method: 'winsorise', most: 1, skew: 3, panel: 'each_period' },
      normalise: { low: 1, high: 7 },
      aggregate: { method: 'power', power: 2, least: 0.5, by_level },
    });
    const plan = planOf(made);
    for (const knob of knobsOf(made, 5)) knob.turn(plan, 0.9);
    expect(plan.steps.slice(1)).toMatchObject([
      { method: 'log', skew: 3, panel: 'each_period' },
      { method: 'goalposts', low: 1, high: 7 },
      { method: 'given' },
      { method: 'geometric', least: 0.5, by_level },
    ]);
    expect(plan.steps.at(-1)).not.toHaveProperty('power');
  });
});
