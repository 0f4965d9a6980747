import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readWeights, takesWeights, variantOf, withWeights, writeWeights } from './recipe.ts';

const recipe = {
  steps: [
    { do: 'normalise', method: 'min_max' },
    { do: 'weigh', method: 'given', weights: { A: 2, B: 1 } },
    { do: 'aggregate', method: 'arithmetic' },
  ],
  uncertainty: {
    runs: 500,
    factors: [{ step: 'normalise', options: [{ method: 'percentile' }] }, { step: 'weigh' }],
  },
};

it('keeps weights in the address as they were', () => {
  const code = fc.string({ minLength: 1, maxLength: 8 });
  const weights = fc.dictionary(code, fc.integer({ min: 0, max: 100 }), { minKeys: 1 });
  fc.assert(
    fc.property(weights, (given) => {
      fc.pre(Object.values(given).some((weight) => weight > 0));
      expect({ ...readWeights(writeWeights(given)) }).toEqual({ ...given });
    }),
  );
  for (const text of [undefined, '', 'A', 'A:x', 'A:101', '%:5', 'A:0,B:0']) {
    expect(readWeights(text)).toEqual({});
  }
});

it('changes the weights that are tried, and nothing else', () => {
  const tried = withWeights(recipe, { B: 40 });
  expect(tried).toEqual({
    ...recipe,
    steps: [
      recipe.steps[0],
      { do: 'weigh', method: 'given', weights: { A: 2, B: 40 } },
      recipe.steps[2],
    ],
  });
  const equal = variantOf(recipe, 'equal');
  expect(takesWeights(recipe)).toBe(true);
  expect(takesWeights(equal)).toBe(false);
  expect(withWeights(equal, { B: 40 })).toBe(equal);
});

it('leaves out the options of the step that is another one now', () => {
  const { steps, uncertainty } = variantOf(recipe, 'percentile');
  expect(steps).toContainEqual({ do: 'normalise', method: 'percentile' });
  expect(uncertainty).toEqual({ runs: 500, factors: [{ step: 'weigh' }] });
});
