import { describe, expect, it } from 'vitest';
import { type Explanation, explain, type Line } from './explanation.ts';
import { build } from './pipeline.ts';
import { groundOf, hasAsem, readAsem, recipeOf, skipAloud } from './testing.ts';

skipAloud();

/** What a formula of a step says, done by hand with the numbers that it gives. */
function follow({ formula, numbers, before }: Line): number | null {
  const n = numbers as Record<string, number>;
  const x = before as number;
  const of = (name: string) => n[name] as number;
  switch (formula) {
    case 'x':
      return before;
    case 'missing':
      return null;
    case 'x ÷ denominator':
      return before === null ? null : x / of('denominator');
    case 'mean(peers)':
    case 'median(peers)':
    case 'latest(x)':
      return of('filled');
    case 'before + (after − before) × way':
      return of('before') + (of('after') - of('before')) * of('way');
    case 'min(max(x, floor), ceiling)':
      return Math.min(Math.max(x, n.floor ?? -Infinity), n.ceiling ?? Infinity);
    case 'ln(x + shift)':
      return Math.log(x + of('shift'));
    case 'low + width × (x − worst) ÷ (best − worst)':
      return of('low') + (of('width') * (x - of('worst'))) / (of('best') - of('worst'));
    default:
      throw new Error(`No hand knows ${formula}`);
  }
}

const combine: Record<string, (parts: readonly [number, number][]) => number> = {
  'Σ share × x': (parts) => parts.reduce((sum, [share, x]) => sum + share * x, 0),
  'exp(Σ share × ln x)': (parts) =>
    Math.exp(parts.reduce((sum, [share, x]) => sum + share * Math.log(x), 0)),
  '1 ÷ Σ share ÷ x': (parts) => 1 / parts.reduce((sum, [share, x]) => sum + share / x, 0),
};

/** Follows an explanation from its cells to its value, and counts the cells. */
function recompute(one: Explanation): { value: number | null; cells: number } {
  if (one.cell) {
    let value = one.cell.value;
    for (const line of one.steps) {
      expect(line.before).toBe(value);
      const after = follow(line);
      if (after === null) expect(line.after).toBeNull();
      else expect(line.after).toBeCloseTo(after, 9);
      value = line.after;
    }
    expect(one.value).toBe(value);
    return { value, cells: 1 };
  }
  const parts = one.parts.map(({ share, explanation }) => ({ share, ...recompute(explanation) }));
  const counted = parts.flatMap(({ share, value }): [number, number][] =>
    share > 0 && value !== null ? [[share, value]] : [],
  );
  const value = combine[one.formula]?.(counted) as number;
  expect(one.value).toBeCloseTo(value, 9);
  return { value, cells: parts.reduce((sum, { cells }) => sum + cells, 0) };
}

describe('a number explains itself', () => {
  it.skipIf(!hasAsem)('every index of ASEM from the 49 cells up', () => {
    const { ground, recipe } = readAsem();
    const made = build(ground, recipe.steps);
    for (const { unit } of ground.units.cases) {
      expect(recompute(explain(made, { unit })).cells).toBe(49);
    }
  });

  it('with gaps, other means, a logarithm and another direction', () => {
    const wild = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e6];
    const ground = groundOf(
      [
        { code: 'a', values: wild, Parent: 'P', Weight: 3 },
        { code: 'b', values: [9, null, 7, 6, 5, 4, 3, 2, 1, 0], Parent: 'P', Direction: -1 },
        { code: 'c', values: [1, 2, 3, 4, 5, 6, null, 8, 9, 10] },
      ],
      { parents: ['P'] },
    );
    const { steps } = recipeOf({
      impute: { method: 'median' },
      treat: { method: 'log' },
      normalise: { low: 1 },
      aggregate: { method: 'geometric', by_level: [{ level: 2, method: 'harmonic' }] },
    });
    const made = build(ground, steps);
    for (const { unit } of ground.units.cases) recompute(explain(made, { unit }));
    const [of] = explain(made, { unit: 'B', element: 'P' }).parts.slice(1);
    expect(of?.explanation.steps[0]?.words.en).toBe(
      'Missing: the median of 9 units (of the period).',
    );
  });

  it('says why less gives more', () => {
    const ground = groundOf([{ code: 'tariff', values: [0, 0.6, 12], Direction: -1 }]);
    const made = build(ground, recipeOf().steps);
    const { value, steps } = explain(made, { unit: 'A', element: 'tariff' });
    expect(value).toBe(100);
    expect(steps.at(-1)?.words.en).toContain('less is better, so low values score high');
  });

  it('names what was not counted, and shares out its weight', () => {
    const ground = groundOf([
      { code: 'a', values: [1, 2, 3], Weight: 1 },
      { code: 'b', values: [null, 2, 3], Weight: 1 },
      { code: 'c', values: [3, 2, 1], Weight: 2 },
    ]);
    const made = build(ground, recipeOf({ aggregate: { least: 0.6 } }).steps);
    const { value, words, parts } = explain(made, { unit: 'A' });
    expect(parts.map(({ share }) => share)).toEqual([1 / 3, 0, 2 / 3]);
    expect(value).toBeCloseTo(200 / 3);
    expect(words.en).toContain('not counted: b');
  });
});
