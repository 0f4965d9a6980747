import { describe, expect, it } from 'vitest';
import { compareRecipes } from './comparison.ts';
import { consistencyOf, cronbachAlpha } from './consistency.ts';
import { correlation, rankCorrelation } from './descriptive.ts';
import { eigen, solve } from './linear-algebra.ts';
import { measureIndex } from './measure.ts';
import { build, scoresOf } from './pipeline.ts';
import { removals, withoutElement } from './removal.ts';
import { groundOf, hasAsem, readAsem, recipeOf, skipAloud } from './testing.ts';

skipAloud();

const quick = { uncertainty: { runs: 100 } };

describe('whether parts belong together', () => {
  it.skipIf(!hasAsem)('ASEM: correlations and α as published', () => {
    const { ground, recipe } = readAsem();
    const made = build(ground, recipe.steps);
    const { framework, units } = ground;
    const column = (code: string) =>
      scoresOf(
        made,
        framework.elements.findIndex((one) => one.code === code),
      );
    expect(correlation(column('Index'), column('Conn'))).toBeCloseTo(0.9397805, 7);
    expect(correlation(column('Index'), column('Sust'))).toBeCloseTo(0.8382873, 7);
    const cases = units.cases.length;
    const raw = framework.indicators.flatMap(({ parent }, at) =>
      framework.elements[parent as number]?.code === 'P2P'
        ? [units.values.subarray(at * cases, (at + 1) * cases)]
        : [],
    );
    expect(cronbachAlpha(raw)).toBeCloseTo(0.05126659, 8);
  });

  it('flags what says the same twice, what is at odds, and what does not show', () => {
    const made = build(
      groundOf([
        { code: 'a', values: [1, 2, 3, 4, 5, 6] },
        { code: 'again', values: [2, 4, 6, 8, 10, 13] },
        { code: 'against', values: [6, 5, 4, 3, 2, 2] },
      ]),
      recipeOf().steps,
    );
    const [only] = consistencyOf(made);
    expect(only?.pairs.map(({ one, other, flag }) => [one, other, flag])).toEqual([
      ['a', 'again', 'redundant'],
      ['a', 'against', 'at_odds'],
      ['again', 'against', 'at_odds'],
    ]);
    expect(only?.parts.map(({ flag }) => flag)).toEqual([null, null, 'negative']);
    const shares = only?.components?.map(({ share }) => share) ?? [];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(shares[0]).toBeGreaterThan(0.95);
  });

  it('α of equal columns is one, and of columns that share nothing is zero', () => {
    const column = Float64Array.of(1, 2, 3, 4);
    expect(cronbachAlpha([column, column, column])).toBeCloseTo(1);
    expect(cronbachAlpha([Float64Array.of(1, 1, -1, -1), Float64Array.of(1, -1, 1, -1)])).toBe(0);
    expect(cronbachAlpha([column])).toBeNull();
  });

  it('the algebra under it', () => {
    // Of [[2, 1], [1, 2]] the eigenvalues are 3 and 1, along the diagonals.
    const root = Math.SQRT1_2;
    expect(
      eigen([
        [2, 1],
        [1, 2],
      ]).map(({ value, vector }) => [value, ...vector.map(Math.abs)]),
    ).toEqual([
      [expect.closeTo(3), expect.closeTo(root), expect.closeTo(root)],
      [expect.closeTo(1), expect.closeTo(root), expect.closeTo(root)],
    ]);
    expect(
      solve(
        [
          [0, 2],
          [1, 1],
        ],
        [4, 5],
      ),
    ).toEqual([3, 2]);
    expect(
      solve(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeNull();
    expect(rankCorrelation(Float64Array.of(1, 2, 3), Float64Array.of(1, 8, 900))).toBeCloseTo(1);
  });
});

describe('removing an element', () => {
  const ground = groundOf(
    [
      { code: 'a', values: [1, 2, 3], Parent: 'P' },
      { code: 'b', values: [3, 2, 1.5], Weight: 5 },
    ],
    { parents: ['P'] },
  );

  it('takes along what is under it and what would be left empty', () => {
    for (const code of ['a', 'P']) {
      const left = withoutElement(ground, code);
      expect(left.framework.elements.map((one) => one.code)).toEqual(['b', 'Index']);
      const { scores } = measureIndex(left, recipeOf({}, quick));
      expect(scores.map(({ unit, index }) => [unit, index])).toEqual([
        ['A', 100],
        ['B', expect.closeTo(100 / 3)],
        ['C', 0],
      ]);
    }
    expect(() => withoutElement(ground, 'Index')).toThrow(/no element/);
  });

  it('that cannot be done is told for that element, and the others go on', () => {
    const weights = { b: 0 };
    const [without, within] = removals(ground, recipeOf({ weigh: { weights } }, quick), ['a', 'b']);
    expect(without).toMatchObject({
      element: 'a',
      impossible: { en: expect.stringContaining('all weights under "Index" are zero') },
      mean_shift: null,
    });
    expect(within).toMatchObject({ element: 'b', impossible: null, mean_shift: 0 });
  });

  it('tells how much hangs on it', () => {
    const [without, within] = removals(ground, recipeOf({}, quick), ['b', 'a']);
    expect(without).toMatchObject({ element: 'b', largest_shift: 2 });
    expect(without?.mean_shift).toBeCloseTo(4 / 3);
    expect(without?.outside.map(({ unit }) => unit).toSorted()).toEqual(['A', 'C']);
    expect(within).toMatchObject({ element: 'a', mean_shift: 0, outside: [] });
  });
});

describe('two recipes', () => {
  it('over the same years: the series under both, and the break of each year', () => {
    const ground = groundOf(
      [
        { code: 'a', values: [0, 10, 20, 40, 30, 5], Weight: 3 },
        { code: 'b', values: [5, 1, 3, 2, 4, 0] },
      ],
      { periods: ['2024', '2025'] },
    );
    const old = recipeOf({}, quick);
    const other = recipeOf({ weigh: { weights: { a: 0 } } }, quick);
    const { periods, units, not_measured } = compareRecipes(ground, old, other);
    expect(periods.map(({ period, mean_change }) => [period, mean_change])).toEqual([
      ['2024', expect.closeTo(0.75 * (60 - 25))],
      ['2025', expect.closeTo(0.75 * (40 - 62.5))],
    ]);
    expect(periods[0]?.rank_correlation).toBeCloseTo(0.5);
    const first = units.find(({ unit, period }) => unit === 'A' && period === '2024');
    expect(first).toMatchObject({
      one: { rank: { own: 2 } },
      other: { index: 100 },
      is_apart: true,
    });
    expect(not_measured.one.length).toBeGreaterThan(0);
  });

  it('that are the same move nothing', () => {
    const ground = groundOf([{ code: 'a', values: [0, 10, 20] }]);
    const { periods, units } = compareRecipes(ground, recipeOf({}, quick), recipeOf({}, quick));
    expect(periods).toEqual([
      { period: null, rank_correlation: expect.closeTo(1), mean_change: 0 },
    ]);
    expect(units.some(({ is_apart }) => is_apart)).toBe(false);
  });
});
