import type { Module } from '../../kernel/index.ts';
import { fault } from './faults.ts';
import { routes } from './routes.ts';

export { type Comparison, compareRecipes } from './comparison.ts';
export type { Consistency } from './consistency.ts';
export { type CsvTable, isMissing, numberOf, readCsvTable } from './csv-table.ts';
export type { Explanation } from './explanation.ts';
export { type Framework, readFramework } from './framework.ts';
export { checkConsistency, explainScore, type Index, measureIndex, type Score } from './measure.ts';
export { loadMeasurer } from './measuring.ts';
export type { Recipe } from './recipe.ts';
export { readRecipe } from './recipe-reader.ts';
export { type Removal, removals } from './removal.ts';
export type { Ground } from './state.ts';
export { readUnits, type Units } from './units.ts';

/** 指标: indices, with what their ranks are worth. It owns no table and keeps nothing. */
export const indicator: Module = {
  name: 'indicator',
  migrations: null,
  routes,
  faults: fault.table,
};
