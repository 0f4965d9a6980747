import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainScore, type Index, measureIndex } from './measure.ts';
import type { Recipe } from './recipe.ts';
import type { Ground } from './state.ts';
import { groundOf, hasAsem, readAsem, recipeOf } from './testing.ts';

const quick = { uncertainty: { runs: 100 } };
const indexOf = (ground: Ground, recipe: Recipe) =>
  new Map(measureIndex(ground, recipe).scores.map(({ unit, index }) => [unit, index]));

const cell = fc.double({ min: 1, max: 1000, noNaN: true });
const gap = fc.option(cell, { freq: 5 });
/** Three indicators of six units, two of them under a pillar. */
const columns = (value: fc.Arbitrary<number | null>) =>
  fc.array(fc.array(value, { minLength: 6, maxLength: 6 }), { minLength: 3, maxLength: 3 });
const ground = (
  [a = [], b = [], c = []]: (number | null)[][],
  weights: readonly number[] = [1, 2, 3],
) =>
  groundOf(
    [
      {
        code: 'a',
        values: a,
        Parent: 'P',
        Weight: weights[0],
        goalpost_lower: 0,
        goalpost_upper: 2000,
      },
      {
        code: 'b',
        values: b,
        Parent: 'P',
        Weight: weights[1],
        goalpost_lower: 0,
        goalpost_upper: 2000,
        Direction: -1,
      },
      { code: 'c', values: c, Weight: weights[2], goalpost_lower: 0, goalpost_upper: 2000 },
    ],
    { parents: ['P'] },
  );
const posts = { method: 'goalposts', low: 1 };
const means = ['arithmetic', 'geometric', 'harmonic'] as const;

describe('an index', () => {
  it('does not depend on the scale of the weights', () => {
    fc.assert(
      fc.property(columns(cell), fc.double({ min: 0.01, max: 100, noNaN: true }), (data, by) => {
        const recipe = recipeOf({ normalise: posts }, quick);
        const one = indexOf(ground(data), recipe);
        const other = indexOf(ground(data, [by, 2 * by, 3]), recipe);
        for (const [unit, index] of one) expect(other.get(unit)).toBeCloseTo(index, 9);
      }),
      { numRuns: 50 },
    );
  });

  it('rises with what is better and falls with what is worse, and only for that unit', () => {
    fc.assert(
      fc.property(
        columns(cell),
        fc.nat(2),
        fc.nat(5),
        fc.constantFrom(...means),
        (data, which, unit, method) => {
          const recipe = recipeOf({ normalise: posts, aggregate: { method } }, quick);
          const before = indexOf(ground(data), recipe);
          const more = data.map((column, at) =>
            at === which ? column.with(unit, (column[unit] as number) + 100) : column,
          );
          const after = indexOf(ground(more), recipe);
          for (const [code, index] of before) {
            const change = (after.get(code) as number) - index;
            if (code !== String.fromCharCode(65 + unit)) expect(change).toBe(0);
            else expect(Math.sign(change)).toBe(which === 1 ? -1 : 1);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never holds a NaN, whatever is missing; who has none is named', () => {
    const least = fc.constantFrom(0, 0.5, 1);
    fc.assert(
      fc.property(columns(gap), least, fc.constantFrom(...means), (data, share, method) => {
        const recipe = recipeOf({ normalise: posts, aggregate: { method, least: share } }, quick);
        const made = measureIndex(ground(data), recipe);
        expectNumbers(made);
        expect(made.scores.length + made.without_index.length).toBe(6);
        for (const { unit } of made.scores) {
          expectNumbers(explainScore(ground(data), recipe, { unit }));
        }
        if (share < 1) return;
        const whole = [0, 1, 2, 3, 4, 5].filter((at) =>
          data.every((column) => column[at] !== null),
        );
        expect(made.scores.length).toBe(whole.length);
      }),
      { numRuns: 100 },
    );
  });

  it('is never without its interval, its group, and what it does not measure', () => {
    fc.assert(
      fc.property(columns(cell), (data) => {
        const made = measureIndex(ground(data), recipeOf({ normalise: posts }, quick));
        expect(made.not_measured.length).toBeGreaterThan(0);
        made.scores.forEach(({ rank, place, tie_group, index }, at) => {
          expect(rank.low).toBeGreaterThanOrEqual(1);
          expect(rank.low).toBeLessThanOrEqual(rank.own);
          expect(rank.own).toBeLessThanOrEqual(rank.high);
          expect(rank.high).toBeLessThanOrEqual(6);
          const above = made.scores[at - 1];
          if (!above) return;
          expect(index).toBeLessThanOrEqual(above.index);
          expect(place === above.place).toBe(tie_group === above.tie_group);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is made per period, on one scale, and ranks each period by itself', () => {
    const years = groundOf([{ code: 'x', values: [0, 5, null, 10] }], {
      periods: ['2024', '2025'],
    });
    const made = measureIndex(years, recipeOf({ impute: { method: 'latest' } }, quick));
    expect(
      made.scores.map(({ unit, period, index, rank }) => [period, unit, index, rank.own]),
    ).toEqual([
      ['2024', 'B', 50, 1],
      ['2024', 'A', 0, 2],
      ['2025', 'B', 100, 1],
      ['2025', 'A', 0, 2],
    ]);
  });

  it('names an indicator of which nobody has a value', () => {
    const none = ground([
      [1, 2, 3],
      [null, null, null],
      [3, 2, 2],
    ]);
    const recipe = recipeOf({ normalise: posts, aggregate: { least: 0.5 } }, quick);
    const { remarks, scores } = measureIndex(none, recipe);
    expect(remarks.map(({ en }) => en)).toEqual(['No unit has a value of these indicators: b.']);
    expect(scores).toHaveLength(3);
  });

  it('is the same again from the same seed, and its own score from any', () => {
    const data = [
      [1, 2, 3, 4, 5, 6],
      [3, 1, 2, 9, 8, 7],
      [5, 5, 1, 2, 9, 9],
    ];
    const run = (seed: number) =>
      measureIndex(ground(data), recipeOf({}, { uncertainty: { seed, runs: 500 } }));
    expect(run(7)).toEqual(run(7));
    const scores = (made: Index) => made.scores.map(({ unit, index }) => [unit, index]);
    expect(scores(run(8))).toEqual(scores(run(7)));
  });

  it('with several things drawn samples its factors', () => {
    const factors = [
      { step: 'normalise', range: { field: 'low', from: 1, to: 40 } },
      { step: 'aggregate', options: [{ method: 'geometric' }] },
      { step: 'weigh', noise: 0.5 },
    ];
    const data = [
      [1, 2, 3, 4, 5, 6],
      [3, 1, 2, 9, 8, 7],
      [5, 5, 1, 2, 9, 9],
    ];
    const recipe = recipeOf({ normalise: { low: 1 } }, { uncertainty: { runs: 5000, factors } });
    const { uncertainty, sensitivity } = measureIndex(ground(data), recipe);
    expect(uncertainty).toMatchObject({ design: 'sample', runs: 5000 });
    expect(sensitivity.map(({ step }) => step)).toEqual(['normalise', 'aggregate', 'weigh']);
    expect(sensitivity.every(({ total }) => total.low <= total.value)).toBe(true);
  });

  it.skipIf(!hasAsem)(
    'of ASEM puts Switzerland first beyond doubt, and few others anywhere',
    () => {
      const { ground: asem, recipe } = readAsem();
      const { scores, sensitivity } = measureIndex(asem, recipe);
      expect(scores[0]).toMatchObject({ unit: 'CHE', tie_group: 1, rank: { low: 1, high: 1 } });
      expect(scores.filter(({ rank }) => rank.low < rank.high).length).toBeGreaterThan(40);
      expect(Math.max(...scores.map(({ tie_group }) => tie_group))).toBeLessThan(20);
      expect(sensitivity.find(({ step }) => step === 'normalise')?.first.value).toBeGreaterThan(
        0.5,
      );
    },
  );
});

/** Everything that JSON would carry, without a number that it cannot. */
function expectNumbers(value: unknown): void {
  if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
  else if (typeof value === 'object' && value !== null) Object.values(value).forEach(expectNumbers);
}
