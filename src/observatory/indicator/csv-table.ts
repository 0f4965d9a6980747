import Papa from 'papaparse';
import { type FaultDetail, limits } from '../../kernel/index.ts';
import { fault } from './faults.ts';

/** A CSV file by its heads. `row` is counted as a spreadsheet does: the heads are row 1. */
export type CsvTable = {
  heads: readonly string[];
  records: readonly { row: number; cells: readonly string[] }[];
  errors: FaultDetail[];
};

/**
 * Reads comma-separated text of RFC 4180, UTF-8 with or without a byte order mark. Heads that are
 * doubled, rows that are longer or shorter than the heads, and quotes that do not close are errors:
 * a cell in the wrong column would be a wrong number that nobody sees.
 */
export function readCsvTable(text: string, file: string): CsvTable {
  if (text.length > limits.index_file_bytes) {
    throw fault('indicator.too_large', { what: file, limit: limits.index_file_bytes });
  }
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter: ',' });
  const { data } = parsed;
  const [first = [], ...rest] = data;
  const heads = first.map((head) => head.trim());
  const errors: FaultDetail[] = parsed.errors.map(({ row = 0, message }) => ({
    path: `${file}:${row + 1}`,
    zh: `引号不成对，或引号之外还有字：请改正此行的引号(${message})。`,
    en: `The quotes of the row do not pair, or letters follow one: correct them (${message}).`,
  }));
  heads.forEach((head, at) => {
    if (heads.indexOf(head) === at) return;
    const [zh, en] = [`列名“${head}”重复，请只留一列。`, `"${head}" stands twice: keep one.`];
    errors.push({ path: `${file}:1`, zh, en });
  });
  const records = rest.flatMap((cells, at) => {
    const row = at + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    if (cells.length !== heads.length) {
      const zh = `此行有 ${cells.length} 格，表头有 ${heads.length} 格，请补齐或删去多余的逗号。`;
      const en = `The row has ${cells.length} cells and the heads ${heads.length}: fill or cut it.`;
      errors.push({ path: `${file}:${row}`, zh, en });
    }
    return [{ row, cells: cells.map((cell) => cell.trim()) }];
  });
  return { heads, records, errors };
}

// What spreadsheets and R write for a value that is not there.
const MISSING = new Set(['', 'NA', 'N/A', 'NaN', '..', '—']);

/** Powers up to the fourth of a value, summed over all cases, stay finite below this. */
export const LARGEST = 1e60;

/** A cell as a number; NaN where it is missing; undefined where it is neither. */
export function numberOf(cell: string): number | undefined {
  if (MISSING.has(cell)) return Number.NaN;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell)) return undefined;
  const value = Number(cell);
  return Math.abs(value) <= LARGEST ? value : undefined;
}

export function isMissing(cell: string): boolean {
  return MISSING.has(cell);
}
