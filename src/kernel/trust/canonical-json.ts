import { assert } from '../assert.ts';

/**
 * A JSON value in the one form of RFC 8785 (JCS): no white space, members by the UTF-16 code units
 * of their names, strings and numbers as ECMAScript writes them.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = value as Readonly<Record<string, unknown>>;
    const names = Object.keys(members).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(members[name])}`)}}`;
  }
  const text = JSON.stringify(value);
  assert(text !== undefined && (typeof value !== 'number' || Number.isFinite(value)), 'it is JSON');
  return text;
}
