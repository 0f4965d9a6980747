export type { Explanation } from './explanation.ts';
export { type Framework, readFramework } from './framework.ts';
export { explainScore, type Index, measureIndex, type Score } from './measure.ts';
export { type Recipe, readRecipe } from './recipe.ts';
export type { Ground } from './state.ts';
export { readUnits, type Units } from './units.ts';
