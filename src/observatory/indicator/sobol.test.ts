import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDice } from '../../kernel/index.ts';
import { indicesOfGrid, sampledIndices } from './sobol.ts';

const values = (indices: ReturnType<typeof indicesOfGrid>) =>
  indices.map(({ first, total }) => [first.value, total.value]);

describe('indices of a whole grid', () => {
  it('of a sum are the shares of its parts', () => {
    const outcomes = Float64Array.of(-3 - 4, -3 + 4, 3 - 4, 3 + 4);
    const [one, other] = values(indicesOfGrid(outcomes, [2, 2], false, 0.9, openDice(1)));
    expect(one).toEqual([expect.closeTo(9 / 25), expect.closeTo(9 / 25)]);
    expect(other).toEqual([expect.closeTo(16 / 25), expect.closeTo(16 / 25)]);
  });

  it('of a product show in the total alone', () => {
    const outcomes = Float64Array.of(1, -1, -1, 1);
    expect(values(indicesOfGrid(outcomes, [2, 2], false, 0.9, openDice(1)))).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it('are nothing where nothing changes', () => {
    expect(
      values(indicesOfGrid(new Float64Array(6).fill(3), [3, 2], true, 0.9, openDice(1))),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('keep first ≤ total, all firsts together ≤ 1 ≤ all totals', () => {
    const grid = fc
      .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 2, max: 4 }))
      .chain(([m, n]) =>
        fc.tuple(
          fc.constant([m, n, 2]),
          fc.array(fc.integer({ min: -50, max: 50 }), {
            minLength: m * n * 2,
            maxLength: m * n * 2,
          }),
        ),
      );
    fc.assert(
      fc.property(grid, ([sizes, outcomes]) => {
        fc.pre(new Set(outcomes).size > 1);
        const indices = indicesOfGrid(Float64Array.from(outcomes), sizes, false, 0.9, openDice(1));
        const sum = (name: 'first' | 'total') =>
          indices.reduce((whole, one) => whole + one[name].value, 0);
        for (const { first, total } of indices) {
          expect(first.value).toBeLessThanOrEqual(total.value + 1e-9);
        }
        expect(sum('first')).toBeLessThanOrEqual(1 + 1e-9);
        expect(sum('total')).toBeGreaterThanOrEqual(1 - 1e-9);
      }),
    );
  });
});

describe('sampled indices', () => {
  // T. Ishigami and T. Homma 1990, with a = 7 and b = 0.1; its indices are known in closed form.
  const ishigami = (at: Float64Array) => {
    const [x, y, z] = [...at].map((u) => Math.PI * (2 * u - 1)) as [number, number, number];
    return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
  };
  const first = [0.313905, 0.442411, 0];
  const total = [0.557589, 0.442411, 0.243684];
  const sample = (seed: number) =>
    sampledIndices(ishigami, { dimensions: 3, base: 2 ** 15, level: 0.99, dice: openDice(seed) });

  it.each([1, 20_181_018])('of Ishigami’s function are those of theory, seed %i', (seed) => {
    sample(seed).forEach((indices, at) => {
      for (const [found, known] of [
        [indices.first, first[at]],
        [indices.total, total[at]],
      ] as const) {
        expect(Math.abs(found.value - (known as number))).toBeLessThan(0.02);
        expect(found.low).toBeLessThan(known as number);
        expect(found.high).toBeGreaterThan(known as number);
      }
    });
  });

  it('are the same again from the same seed', () => {
    expect(sample(3)).toEqual(sample(3));
  });
});

it('the rounding of equal outcomes is no variance, and no share leaves [0, 1]', () => {
  const rounded = Float64Array.of(0.1 + 0.2, 0.3, 0.3, 0.1 + 0.2);
  expect(values(indicesOfGrid(rounded, [2, 2], false, 0.9, openDice(1)))).toEqual([
    [0, 0],
    [0, 0],
  ]);
  const outcome = fc.constantFrom(0.1, 0.3, 0.1 + 0.2, 1 / 3, 1e9);
  fc.assert(
    fc.property(fc.array(outcome, { minLength: 12, maxLength: 12 }), (outcomes) => {
      const found = indicesOfGrid(Float64Array.from(outcomes), [3, 4], false, 0.9, openDice(1));
      for (const share of values(found).flat()) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  );
});
