import { assert } from '../assert.ts';
import { limits } from '../limits.ts';

/** A row to be inserted, by its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Statement texts by table, columns and number of rows: a text is made once. */
const texts = new Map<string, string>();

function textOf(table: string, columns: readonly string[], count: number): string {
  const key = `${table} ${count} ${columns.join()}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const rows = Array.from({ length: count }, (_, row) => {
    const places = columns.map((_, column) => `$${row * columns.length + column + 1}`);
    return `(${places.join(', ')})`;
  });
  const names = columns.map((column) => `"${column}"`).join(', ');
  const text = `insert into "${table}" (${names}) values ${rows.join(', ')}`;
  // Lists of any length come in: texts of long ones would fill the memory, and are made again.
  if (texts.size < limits.prepared_statements) texts.set(key, text);
  return text;
}

/**
 * One `insert` of rows that all have the columns of the first. Tables and columns come from the
 * code, never from a request; values travel apart from the text.
 */
export function insertOf(table: string, rows: readonly Row[]): { text: string; values: unknown[] } {
  const columns = Object.keys(rows[0] ?? {});
  assert(columns.length > 0, `a row of ${table} has columns`);
  const values = rows.flatMap((row) => {
    assert(Object.keys(row).length === columns.length, `rows of ${table} have the same columns`);
    return columns.map((column) => {
      const value = row[column];
      assert(value !== undefined, `${table}.${column} has a value; null is one`);
      return value;
    });
  });
  return { text: textOf(table, columns, rows.length), values };
}
