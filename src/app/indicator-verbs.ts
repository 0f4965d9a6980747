import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  explainScore,
  measureIndex,
  readFramework,
  readRecipe,
  readUnits,
} from '../observatory/indicator/index.ts';
import { type BareVerb, optional, required, text, type Values } from './verb.ts';

/** The text of the file that an option names, and its name for what is wrong in it. */
function fileOf(values: Values, name: string): [text: string, file: string] {
  const file = required(values, name);
  try {
    return [readFileSync(file, 'utf8'), basename(file)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`--${name}: 读不到文件 the file cannot be read: ${reason}`);
  }
}

/** What an analyst does with an index; it works on files and needs no database. */
export const indicatorVerbs: Record<string, BareVerb> = {
  indicator: {
    usage:
      '--data <units.csv> --framework <framework.csv> --recipe <recipe.json>' +
      ' [--explain <unit> [--period <period>] [--element <code>]]      (prints JSON)',
    options: {
      ...{ data: text, framework: text, recipe: text },
      ...{ explain: text, period: text, element: text },
    },
    async runBare(_, values) {
      const framework = readFramework(...fileOf(values, 'framework'));
      const [recipeText, recipeFile] = fileOf(values, 'recipe');
      const recipe = readRecipe(recipeText, framework, recipeFile);
      const [dataText, dataFile] = fileOf(values, 'data');
      const ground = { framework, units: readUnits(dataText, framework, dataFile) };
      const unit = optional(values, 'explain');
      const json =
        unit === undefined
          ? measureIndex(ground, recipe)
          : explainScore(ground, recipe, {
              unit,
              period: optional(values, 'period'),
              element: optional(values, 'element'),
            });
      return { lines: [JSON.stringify(json, null, 2)], json };
    },
  },
};
