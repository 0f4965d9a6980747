import type { Problem } from '../ubl/problem.ts';

/** A sheet as rows of trimmed text, the first row being row 1 as people count them. */
export type Grid = readonly (readonly string[])[];

export const SHEET_LIMITS = {
  bytes: 10 * 1024 * 1024,
  /** What a workbook may unpack to: a hundred times a large order, a thousandth of a zip bomb. */
  unpacked_bytes: 80 * 1024 * 1024,
  files: 200,
  rows: 20_000,
  columns: 100,
  cell_chars: 4_000,
  errors: 500,
} as const;

export type GridOutcome = { grid: Grid; problem?: undefined } | { problem: Problem };

export function refuseSheet(rule: string, zh: string, en: string): { problem: Problem } {
  return { problem: { rule, path: '/', zh, en } };
}

/** The letters over a column: 0 is A, 26 is AA. */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return (rest >= 0 ? columnName(rest) : '') + String.fromCharCode(65 + (index % 26));
}

/** The name of a cell as a spreadsheet shows it: row 7, second column is B7. */
export function cellName(row: number, column: number): string {
  return `${columnName(column)}${row}`;
}

/** Holds a grid to its limits; both readers end here. */
export function bounded(rows: readonly (readonly string[])[]): GridOutcome {
  const { rows: most, columns, cell_chars: chars } = SHEET_LIMITS;
  if (rows.length > most) {
    return refuseSheet('SHEET-SIZE', `超过 ${most} 行。`, `There are more than ${most} rows.`);
  }
  for (const [index, row] of rows.entries()) {
    if (row.length > columns) {
      const zh = `第 ${index + 1} 行超过 ${columns} 列。`;
      return refuseSheet('SHEET-SIZE', zh, `Row ${index + 1} has more than ${columns} columns.`);
    }
    const long = row.findIndex((cell) => cell.length > chars);
    if (long >= 0) {
      const cell = cellName(index + 1, long);
      const en = `${cell} has more than ${chars} characters.`;
      return refuseSheet('SHEET-SIZE', `单元格 ${cell} 超过 ${chars} 字。`, en);
    }
  }
  return { grid: rows };
}
