import type { FaultDetail } from '../../kernel/index.ts';
import { isMissing, numberOf, readCsvTable } from '../indicator/index.ts';
import { unreadable } from './faults.ts';

/** One number, or growth, of an area in a period. Growth is in per cent, as it is published. */
export type GrowthRow = {
  readonly row: number;
  readonly area: string;
  readonly indicator: string;
  /** `2021`, `2021-H1`, `2021-M1-8`: the year, and which part of it. */
  readonly period: string;
  readonly year: number;
  readonly part: string;
  readonly value: number | null;
  /** Published growth on the year before, at constant prices where the publisher says so. */
  readonly growth: number | null;
  /** Published yearly mean of the growth of two years 两年平均. */
  readonly two_year: number | null;
  /** The indicator of which this is a part, as the primary industry is of GDP. */
  readonly part_of: string | null;
};

const HEADS = ['area', 'indicator', 'period', 'value', 'growth', 'two_year', 'part_of'];
const NEEDED = ['area', 'indicator', 'period'];
/** Nothing shrinks by more than all of it. */
const LEAST_GROWTH = -100;

/**
 * Reads `area, indicator, period` and any of `value`, `growth` and `two_year` (in %) and `part_of`.
 * @throws convergence.data_unreadable with every row and column that is wrong
 */
export function readGrowth(text: string, file = 'growth.csv'): GrowthRow[] {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (at: string, zh: string, en: string) =>
    errors.push({ path: `${file}:${at}`, zh, en });
  for (const head of NEEDED.filter((one) => !heads.includes(one))) {
    find('1', `缺少“${head}”列，请补上。`, `The column "${head}" is missing: add it.`);
  }
  for (const head of heads.filter((one) => !HEADS.includes(one))) {
    find('1', `不认识“${head}”列。`, `The column "${head}" is not known: ${HEADS.join(', ')}.`);
  }
  if (errors.length > 0) throw unreadable(file, errors);
  const seen = new Set<string>();
  const rows = records.map(({ row, cells }): GrowthRow => {
    const cell = (head: string) => cells[heads.indexOf(head)] ?? '';
    const number = (head: string, least: number) => {
      if (isMissing(cell(head))) return null;
      const value = numberOf(cell(head));
      if (value !== undefined && value > least) return value;
      const zh = `“${cell(head)}”不是大于 ${least} 的数字。`;
      find(`${row}/${head}`, zh, `"${cell(head)}" is no number above ${least}.`);
      return null;
    };
    const [, year, part = ''] = /^(\d{4})(-\S+)?$/.exec(cell('period')) ?? [];
    if (!year) {
      const zh = '期间写作 2021、2021-H1、2021-Q2 或 2021-M1-8。';
      find(`${row}/period`, zh, 'Write a period as 2021, 2021-H1, 2021-Q2 or 2021-M1-8.');
    }
    const key = JSON.stringify([cell('area'), cell('indicator'), cell('period')]);
    if (seen.has(key)) find(`${row}`, '此行重复，请只留一行。', 'The row stands twice: keep one.');
    seen.add(key);
    return {
      ...{ row, area: cell('area'), indicator: cell('indicator'), period: cell('period') },
      ...{ year: Number(year), part },
      value: number('value', Number.NEGATIVE_INFINITY),
      growth: number('growth', LEAST_GROWTH),
      two_year: number('two_year', LEAST_GROWTH),
      part_of: isMissing(cell('part_of')) ? null : cell('part_of'),
    };
  });
  if (rows.length === 0) find('1', '表中没有数据行。', 'There is no row behind the heads.');
  if (errors.length > 0) throw unreadable(file, errors);
  return rows;
}
