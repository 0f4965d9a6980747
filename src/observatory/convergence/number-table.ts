import type { FaultDetail } from '../../kernel/index.ts';
import { isMissing, numberOf, readCsvTable } from '../indicator/index.ts';
import { unreadable } from './faults.ts';

/** Rows of numbers under named columns; `labels` are the cells of the columns that name a row. */
export type NumberTable = {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: readonly NumberRow[];
};
export type NumberRow = {
  readonly row: number;
  readonly labels: readonly string[];
  readonly values: readonly number[];
};

/** What numbers must be: the least and the greatest, and how many columns of them. */
export type Bounds = {
  readonly least: number;
  readonly most: number;
  readonly zh: string;
  readonly en: string;
};

export const notNegative: Bounds = {
  least: 0,
  most: Number.POSITIVE_INFINITY,
  zh: '不能为负。',
  en: 'Write a number that is not below zero.',
};

/**
 * Reads CSV whose columns are all numbers but for those named in `labels`, which must be there and
 * together name each row once. A column may stand outside the bounds.
 * @throws convergence.data_unreadable with every row and column that is wrong
 */
export function readNumberTable(
  text: string,
  file: string,
  labels: readonly string[],
  bounds: Bounds,
  unbounded?: string,
): NumberTable {
  const { heads, records, errors: found } = readCsvTable(text, file);
  const errors: FaultDetail[] = [...found];
  const find = (at: string, zh: string, en: string) =>
    errors.push({ path: `${file}:${at}`, zh, en });
  for (const label of labels.filter((one) => !heads.includes(one))) {
    find('1', `缺少“${label}”列，请补上。`, `The column "${label}" is missing: add it.`);
  }
  const columns = heads.filter((head) => !labels.includes(head));
  if (columns.length === 0) find('1', '没有数字列。', 'There is no column of numbers.');
  if (records.length === 0) find('1', '表中没有数据行。', 'There is no row behind the heads.');
  if (errors.length > 0) throw unreadable(file, errors);
  const seen = new Set<string>();
  const rows = records.map(({ row, cells }) => {
    const names = labels.map((label) => cells[heads.indexOf(label)] ?? '');
    const key = JSON.stringify(names);
    if (seen.has(key)) {
      const name = names.join(' ');
      find(`${row}`, `“${name}”重复，请只留一行。`, `"${name}" stands twice: keep one.`);
    }
    seen.add(key);
    const values = columns.map((head) => {
      const cell = cells[heads.indexOf(head)] ?? '';
      const value = isMissing(cell) ? undefined : numberOf(cell);
      if (value === undefined) {
        find(
          `${row}/${head}`,
          `“${cell}”不是数字，请填数字。`,
          `"${cell}" is no number: write one.`,
        );
      } else if (head !== unbounded && (value < bounds.least || value > bounds.most)) {
        find(`${row}/${head}`, `${cell}：${bounds.zh}`, `${cell}: ${bounds.en}`);
      }
      return value ?? 0;
    });
    return { row, labels: names, values };
  });
  if (errors.length > 0) throw unreadable(file, errors);
  return { file, columns, rows };
}
