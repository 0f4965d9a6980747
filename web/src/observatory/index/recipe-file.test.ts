import { expect, it } from 'vitest';
import { commonRecipe, readRecipeFile } from './recipe-file.ts';

it('makes no recipe that says nothing of what it does not measure', () => {
  expect(commonRecipe('融合', '')).toBeNull();
  expect(commonRecipe(' ', '诚信')).toBeNull();
  expect(commonRecipe('融合', '诚信\n\n 变化 ')).toMatchObject({
    name: { zh: '融合', en: '融合' },
    not_measured: [
      { zh: '诚信', en: '诚信' },
      { zh: '变化', en: '变化' },
    ],
  });
});

it('reads what is a recipe, and says what is none', () => {
  expect(readRecipeFile('\uFEFF{"steps":[]}')).toEqual({ steps: [] });
  expect(['[]', '1', 'x'].map(readRecipeFile)).toEqual([null, null, null]);
  expect(readRecipeFile('')).toBeUndefined();
});
