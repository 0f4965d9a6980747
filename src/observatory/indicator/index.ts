export { type Comparison, compareRecipes } from './comparison.ts';
export type { Consistency } from './consistency.ts';
export type { Explanation } from './explanation.ts';
export { type Framework, readFramework } from './framework.ts';
export { checkConsistency, explainScore, type Index, measureIndex, type Score } from './measure.ts';
export { type Recipe, readRecipe } from './recipe.ts';
export { type Removal, removals } from './removal.ts';
export type { Ground } from './state.ts';
export { readUnits, type Units } from './units.ts';
