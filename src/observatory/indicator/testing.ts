import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFramework } from './framework.ts';
import { type Recipe, recipe } from './recipe.ts';
import { readRecipe } from './recipe-reader.ts';
import type { Ground } from './state.ts';
import { readUnits } from './units.ts';

const root = join(import.meta.dirname, '../../..');
/** The ASEM example of COINr, which nobody here made; it lies beside the repository. */
export const asemFolder = join(root, '../shared/data/observatory');
export const hasAsem = existsSync(join(asemFolder, 'asem_iData.csv'));

/** Says aloud that tests against published numbers did not run. */
export function skipAloud(): boolean {
  if (!hasAsem) console.warn(`SKIPPED: there is no ASEM example in ${asemFolder}`);
  return !hasAsem;
}

export function readAsem(): { ground: Ground; recipe: Recipe } {
  const read = (name: string) => readFileSync(join(asemFolder, name), 'utf8');
  const framework = readFramework(read('asem_iMeta.csv'));
  const units = readUnits(read('asem_iData.csv'), framework);
  const text = readFileSync(join(root, 'docs/recipes/asem.json'), 'utf8');
  return { ground: { framework, units }, recipe: readRecipe(text, framework) };
}

type Column = { code: string; values: readonly (number | null)[]; [field: string]: unknown };

/**
 * A small index `Index` straight over some indicators; units are A, B, C …, and each column may say
 * its Direction, Weight, Target, Parent or goalposts.
 */
export function groundOf(
  columns: readonly Column[],
  more: { periods?: readonly string[]; parents?: readonly string[]; group?: string[] } = {},
): Ground {
  const heads = ['iCode', 'iName', 'Type', 'Level', 'Parent', 'Direction', 'Weight', 'Target'];
  heads.push('goalpost_lower', 'goalpost_upper');
  const parents = more.parents ?? [];
  const rows: Record<string, unknown>[] = columns.map(({ code, values: _, ...fields }) => ({
    ...{ iCode: code, Type: 'Indicator', Level: 1, Parent: 'Index', Direction: 1, Weight: 1 },
    ...fields,
  }));
  for (const iCode of parents) {
    rows.push({ iCode, Type: 'Aggregate', Level: 2, Parent: 'Index', Weight: 1 });
  }
  rows.push({ iCode: 'Index', Type: 'Aggregate', Level: 3, Weight: 1 });
  if (more.group) rows.push({ iCode: 'group', Type: 'Group' });
  const line = (row: Record<string, unknown>) => heads.map((head) => row[head] ?? '').join();
  const framework = readFramework([heads.join(), ...rows.map(line)].join('\n'));
  const periods = more.periods ?? [''];
  const count = (columns[0]?.values.length ?? 0) / periods.length;
  const body = Array.from({ length: count * periods.length }, (_, at) =>
    [
      String.fromCharCode(65 + (at % count)),
      ...(more.periods ? [periods[Math.floor(at / count)]] : []),
      ...(more.group ? [more.group[at % count]] : []),
      ...columns.map(({ values }) => values[at] ?? ''),
    ].join(),
  );
  const codes = columns.map(({ code }) => code);
  const own = [...(more.periods ? ['Time'] : []), ...(more.group ? ['group'] : [])];
  const units = readUnits([['uCode', ...own, ...codes].join(), ...body].join('\n'), framework);
  return { framework, units };
}

/** Steps to an index: min–max, given weights, arithmetic mean, unless told otherwise. */
export function recipeOf(steps: Partial<Record<string, object>> = {}, more: object = {}): Recipe {
  const { normalise, weigh, aggregate, ...before } = steps;
  return recipe.parse({
    name: { zh: '试', en: 'Trial' },
    not_measured: [{ zh: '其余', en: 'The rest' }],
    steps: [
      ...Object.entries(before).map(([name, fields]) => ({ do: name, ...fields })),
      { do: 'normalise', method: 'min_max', ...normalise },
      { do: 'weigh', method: 'given', ...weigh },
      { do: 'aggregate', method: 'arithmetic', ...aggregate },
    ],
    ...more,
  });
}
