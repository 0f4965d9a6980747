import type { Problem } from '../ubl/problem.ts';
import type { Column } from './columns.ts';
import { cellName, columnName, type Grid, SHEET_LIMITS } from './grid.ts';
import { columnsOf, needsItem, type SheetKind, type SheetRow, sheetKinds } from './kinds.ts';

/** What is wrong in one cell: `cell` is its name in the sheet (B7), `column` its heading. */
export type CellError = { row: number; column: string; cell: string; zh: string; en: string };

/** What a sheet would do, before anything is written. Rows are counted as the sheet shows them. */
export type SheetPreview<Kind extends SheetKind = SheetKind> = {
  kind: Kind;
  columns: { column: string; heading: string; key: string | null }[];
  good_rows: { row: number; values: SheetRow<Kind> }[];
  bad_rows: number[];
  errors: CellError[];
};

export type PreviewOutcome<Kind extends SheetKind> =
  | { preview: SheetPreview<Kind>; problem?: undefined }
  | { preview?: undefined; problem: Problem };

/** A heading without case, blanks, brackets and marks: `数量(kg)*` and `数量` are the same. */
function bare(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[(（[【].*?[)）\]】]/g, '')
    .replace(/[\s_\-*:：.。/]/g, '');
}

/** Rows above the headings are titles: they are looked for in the first ten. */
const HEADING_ROWS = 10;

/** The row of headings (from 0) and the columns found in it, by their place. */
type Headings = { row: number; keys: Map<number, Column> };

/** The columns that a row names; the first of two alike counts. */
function headingsIn(row: readonly string[], columns: readonly Column[]): Map<number, Column> {
  const found = new Map<number, Column>();
  const taken = new Set<string>();
  for (const [index, heading] of row.entries()) {
    const words = bare(heading);
    const column = columns.find(
      ({ key, zh, en, aliases }) =>
        words !== '' && [key, zh, en, ...aliases].some((name) => bare(name) === words),
    );
    if (column === undefined || taken.has(column.key)) continue;
    taken.add(column.key);
    found.set(index, column);
  }
  return found;
}

/** The row that names most columns. */
function findHeadings(grid: Grid, kind: SheetKind): Headings {
  let best: Headings = { row: 0, keys: new Map() };
  for (const [row, cells] of grid.slice(0, HEADING_ROWS).entries()) {
    const keys = headingsIn(cells, columnsOf(kind));
    if (keys.size > best.keys.size) best = { row, keys };
  }
  return best;
}

/** The kind of sheet whose columns the headings name most of; undefined when it is none. */
export function guessKind(grid: Grid): SheetKind | undefined {
  const whole = sheetKinds.filter((kind) => missingColumns(kind, findHeadings(grid, kind)) === '');
  const size = (kind: SheetKind) => findHeadings(grid, kind).keys.size;
  return whole.toSorted((a, b) => size(b) - size(a))[0];
}

/** The headings that a sheet of this kind cannot do without, in words; empty when all are there. */
function missingColumns(kind: SheetKind, headings: Headings): string {
  const keys = new Set([...headings.keys.values()].map((column) => column.key));
  const missing = columnsOf(kind)
    .filter((column) => column.required && !keys.has(column.key))
    .map(({ zh, en }) => `${zh} ${en}`);
  if (needsItem(kind) && !keys.has('code') && !keys.has('gtin')) {
    missing.push('商品编码 Item code / 商品条码 GTIN');
  }
  return missing.join('、');
}

function errorAt(row: number, index: number, heading: string, zh: string, en: string): CellError {
  return { row, column: heading, cell: cellName(row, index), zh, en };
}

/** Reads one row; errors by cell. */
function readRow(
  cells: readonly string[],
  row: number,
  kind: SheetKind,
  headings: Headings,
): { values: Record<string, string | null>; errors: CellError[] } {
  const values: Record<string, string | null> = {};
  for (const { key } of columnsOf(kind)) values[key] = null;
  const errors: CellError[] = [];
  for (const [index, column] of headings.keys) {
    const typed = (cells[index] ?? '').trim();
    if (typed === '') {
      if (column.required) errors.push(errorAt(row, index, column.zh, '必填。', 'Required.'));
      continue;
    }
    const parsed = column.parse(typed);
    if ('value' in parsed) values[column.key] = parsed.value;
    else errors.push(errorAt(row, index, column.zh, parsed.zh, parsed.en));
  }
  const unnamed = needsItem(kind) && values.code === null && values.gtin === null;
  if (unnamed && errors.length === 0) {
    const index = [...headings.keys].find(([, { key }]) => key === 'code' || key === 'gtin')?.[0];
    const zh = '商品编码与商品条码至少填一项。';
    errors.push(errorAt(row, index ?? 0, '商品编码', zh, 'Give the item code or the GTIN.'));
  }
  return { values, errors };
}

/** Reads a grid as a sheet of one kind, without writing anything. */
export function previewSheet<Kind extends SheetKind>(grid: Grid, kind: Kind): PreviewOutcome<Kind> {
  const headings = findHeadings(grid, kind);
  const missing = missingColumns(kind, headings);
  if (missing !== '') {
    const zh = `表头缺少：${missing}。`;
    const en = `These headings are missing: ${missing}.`;
    return { problem: { rule: 'SHEET-HEADINGS', path: `/${headings.row + 1}`, zh, en } };
  }
  const preview: SheetPreview<Kind> = {
    kind,
    columns: (grid[headings.row] ?? []).map((heading, index) => ({
      column: columnName(index),
      heading,
      key: headings.keys.get(index)?.key ?? null,
    })),
    good_rows: [],
    bad_rows: [],
    errors: [],
  };
  for (const [offset, cells] of grid.slice(headings.row + 1).entries()) {
    if (cells.every((each) => each.trim() === '')) continue;
    const row = headings.row + offset + 2;
    const { values, errors } = readRow(cells, row, kind, headings);
    if (errors.length === 0) preview.good_rows.push({ row, values: values as SheetRow<Kind> });
    else preview.bad_rows.push(row);
    preview.errors.push(...errors.slice(0, SHEET_LIMITS.errors - preview.errors.length));
  }
  return { preview };
}
