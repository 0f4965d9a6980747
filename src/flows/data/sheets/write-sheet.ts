import Papa from 'papaparse';
import writeXlsxFile, { type Row } from 'write-excel-file/node';
import { columnsOf, type SheetKind } from './kinds.ts';

export type SheetFormat = 'csv' | 'xlsx';
/** Headings and rows of text, numbers or nothing. */
export type Table = {
  headings: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
};

const MEDIA_TYPES: Readonly<Record<SheetFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export function mediaTypeOf(format: SheetFormat): string {
  return MEDIA_TYPES[format];
}

/**
 * A text that a spreadsheet would run as a formula goes out behind an apostrophe (OWASP, CSV
 * injection): a partner's item name must not reach into the reader's machine. Numbers are safe.
 */
export function harmless(value: string): string {
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) return value;
  return /^[\s]*[=+\-@]/.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value;
}

function csvOf(table: Table): Uint8Array {
  const rows = table.rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? harmless(cell) : (cell ?? ''))),
  );
  const text = Papa.unparse([table.headings.map(harmless), ...rows], { newline: '\r\n' });
  // The byte order mark is what makes Excel read UTF-8.
  return new TextEncoder().encode(`\uFEFF${text}\r\n`);
}

async function xlsxOf(table: Table): Promise<Uint8Array> {
  const headings: Row = table.headings.map((value) => ({
    value,
    type: String,
    fontWeight: 'bold',
  }));
  // A cell of type String is never a formula in XLSX; only the type decides.
  const rows = table.rows.map((row) =>
    row.map((value) =>
      value === null || value === ''
        ? null
        : typeof value === 'number'
          ? { value, type: Number }
          : { value, type: String },
    ),
  ) as Row[];
  const columns = table.headings.map((heading) => ({ width: Math.max(12, heading.length + 4) }));
  const file = writeXlsxFile([headings, ...rows], { columns, stickyRowsCount: 1 });
  return new Uint8Array(await file.toBuffer());
}

/** Writes a table for download, safe to open in a spreadsheet. */
export async function writeTable(table: Table, format: SheetFormat): Promise<Uint8Array> {
  return format === 'csv' ? csvOf(table) : xlsxOf(table);
}

/** An empty sheet of a kind: headings in one language (required ones with *), and a sample row. */
export async function writeTemplate(
  kind: SheetKind,
  format: SheetFormat,
  language: 'zh' | 'en',
): Promise<Uint8Array> {
  const columns = columnsOf(kind);
  const headings = columns.map((column) => `${column[language]}${column.required ? '*' : ''}`);
  return writeTable({ headings, rows: [columns.map((column) => column.sample)] }, format);
}
