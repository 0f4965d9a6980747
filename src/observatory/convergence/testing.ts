import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InputOutputTable, readInputOutputTable } from './input-output-table.ts';

/** China's tables of 42 sectors as the NBS publishes them; they lie beside the repository. */
const folder = join(import.meta.dirname, '../../../../shared/data/observatory');
export const hasChina = existsSync(join(folder, 'china_io_2018_42.csv'));

/** Says aloud that tests against published tables did not run. */
export function skipAloud(): void {
  if (!hasChina) console.warn(`SKIPPED: there are no input-output tables in ${folder}`);
}

export function readChina(year: 2018 | 2020): InputOutputTable {
  const file = `china_io_${year}_42.csv`;
  return readInputOutputTable(readFileSync(join(folder, file), 'utf8'), { file, year });
}

const groups = ['agriculture', 'manufacturing', 'construction', 'trade', 'business', 'other'];
const domestic = [
  [1131, 25480, 1, 607, 710, 762],
  [7930, 304584, 64167, 41082, 11981, 30360],
  [426, 7334, 3875, 5296, 23457, 9155],
  [3559, 72717, 14190, 74399, 10835, 21008],
  [3637, 96115, 31027, 65755, 193176, 34223],
  [1552, 14986, 1747, 11225, 15058, 22070],
];
const totals = {
  TII: [22246, 684424, 129982, 228656, 277061, 143901],
  TVA: [21664, 395022, 115624, 311407, 415426, 365017],
  TI: [43910, 1079446, 245606, 540063, 692487, 508918],
};

/**
 * Germany 1995 in six groups, million DM (Eurostat Manual of Supply, Use and Input–Output Tables,
 * 2008, table 15.4): domestic flows; imports are one row, and so in the sum of inputs alone.
 */
export const germany = [
  `Code,Description,Origin,${groups.join(',')}`,
  ...domestic.map((row, at) => `${groups[at]},,Domestic,${row.join(',')}`),
  ...Object.entries(totals).map(([code, row]) => `${code},,TOT,${row.join(',')}`),
].join('\n');

export const germanGroups = {
  services: 'trade-other',
  manufacturing: 'manufacturing',
  agriculture: 'agriculture',
} as const;
