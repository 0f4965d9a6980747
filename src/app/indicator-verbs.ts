import {
  checkConsistency,
  compareRecipes,
  explainScore,
  type Framework,
  type Ground,
  measureIndex,
  type Recipe,
  readFramework,
  readRecipe,
  readUnits,
  removals,
} from '../observatory/indicator/index.ts';
import { fileOf, printed } from './file-verbs.ts';
import { type BareVerb, optional, required, text, type Values } from './verb.ts';

type Material = { framework: Framework; ground: Ground; recipe: Recipe };

function materialOf(values: Values): Material {
  const framework = readFramework(...fileOf(values, 'framework'));
  const [recipe, recipeFile] = fileOf(values, 'recipe');
  const [data, dataFile] = fileOf(values, 'data');
  return {
    framework,
    recipe: readRecipe(recipe, framework, recipeFile),
    ground: { framework, units: readUnits(data, framework, dataFile) },
  };
}

const files = { data: text, framework: text, recipe: text };
const fileUsage = '--data <units.csv> --framework <framework.csv> --recipe <recipe.json>';

/** What an analyst does with an index; all of it works on files, needs no database, prints JSON. */
export const indicatorVerbs: Record<string, BareVerb> = {
  indicator: {
    usage: `${fileUsage}      (the index, with rank intervals)`,
    options: files,
    async runBare(_, values) {
      const { ground, recipe } = materialOf(values);
      return printed(measureIndex(ground, recipe));
    },
  },
  'indicator explain': {
    usage: '… --unit <code> [--period <period>] [--element <code>]      (one number, to its cells)',
    options: { ...files, unit: text, period: text, element: text },
    async runBare(_, values) {
      const { ground, recipe } = materialOf(values);
      return printed(
        explainScore(ground, recipe, {
          unit: required(values, 'unit'),
          period: optional(values, 'period'),
          element: optional(values, 'element'),
        }),
      );
    },
  },
  'indicator check': {
    usage: '…      (do the parts belong together, and what hangs on each: slow)',
    options: files,
    async runBare(_, values) {
      const { framework, ground, recipe } = materialOf(values);
      const codes = framework.elements.flatMap(({ code }, at) =>
        at === framework.top ? [] : [code],
      );
      return printed({
        consistency: checkConsistency(ground, recipe),
        removals: removals(ground, recipe, codes),
        not_measured: recipe.not_measured,
      });
    },
  },
  'indicator compare': {
    usage: '… --with <recipe.json>      (all periods under two recipes)',
    options: { ...files, with: text },
    async runBare(_, values) {
      const { framework, ground, recipe } = materialOf(values);
      const [other, file] = fileOf(values, 'with');
      return printed(compareRecipes(ground, recipe, readRecipe(other, framework, file)));
    },
  },
};
