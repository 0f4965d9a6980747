import type { Column } from './columns.ts';

/**
 * Rows as a sheet that spreadsheet programs open with a double click: CSV (RFC 4180) with a byte
 * order mark, without which Excel takes Chinese for noise.
 */
export function toSheet<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const shown = columns.filter((column) => column.text);
  const lines = [
    shown.map(({ label }) => label),
    ...rows.map((row) => shown.map(({ text }) => text?.(row) ?? '')),
  ];
  return `\uFEFF${lines.map((cells) => cells.map(toCell).join(',')).join('\r\n')}\r\n`;
}

/** A text that begins like a formula would be run by the program that opens the sheet. */
const FORMULA = /^[=+@\t\r]|^-(?!\d)/;

function toCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function saveSheet(name: string, content: string): void {
  saveText(`${name}.csv`, content, 'text/csv;charset=utf-8');
}

export function saveText(name: string, content: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Safari reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
