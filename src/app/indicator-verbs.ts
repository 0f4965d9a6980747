import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
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
import { type BareVerb, optional, required, text, type Values } from './verb.ts';

/** The text of the file that an option names, and its name for what is wrong in it. */
function fileOf(values: Values, name: string): [text: string, file: string] {
  const file = required(values, name);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--${name}: 读不到文件 the file cannot be read: ${reason}`);
  }
  try {
    return [new TextDecoder('utf-8', { fatal: true }).decode(bytes), basename(file)];
  } catch {
    const zh = `${file} 不是 UTF-8 编码：请在表格软件中另存为“CSV UTF-8”`;
    const en = 'the file is not UTF-8: save it as "CSV UTF-8" in the spreadsheet';
    throw new Error(`--${name}: ${zh} ${en}`);
  }
}

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
const printed = (json: unknown) => ({ lines: [JSON.stringify(json, null, 2)], json });

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
