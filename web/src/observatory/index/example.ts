import type { Language } from '../../kernel/i18n/language.ts';
import areas from './example/areas.geojson?raw';
import frameworkEn from './example/framework.en.csv?raw';
import frameworkZh from './example/framework.zh.csv?raw';
import recipe from './example/recipe.json';
import units from './example/units.csv?raw';
import type { Files } from './recipe.ts';

/** Where those districts would be: drawn by a program, in the sea off Africa where nothing is. */
export const EXAMPLE_AREAS = areas;

/** Sixteen districts that do not exist, so that everybody sees what an index is worth. */
export const EXAMPLES: Readonly<Record<Language, Files>> = {
  zh: { units, framework: frameworkZh, recipe },
  en: { units: named(units, 'District'), framework: frameworkEn, recipe },
};

/** The second column is the name: here the code under a word of the other language. */
function named(table: string, word: string): string {
  const [head, ...rows] = table.split('\n');
  return [head, ...rows.map((row) => row.replace(/^([^,]+),[^,]+/, `$1,${word} $1`))].join('\n');
}
