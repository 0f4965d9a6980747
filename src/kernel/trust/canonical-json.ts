import { assert } from '../assert.ts';

/**
 * A JSON value in the one form of RFC 8785 (JCS): no white space, members by the UTF-16 code units
 * of their names, strings and numbers as ECMAScript writes them.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return scalar(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === '' ? '' : ','}${canonicalJson(item)}`;
    return `[${text}]`;
  }
  const members = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(members).sort()) {
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(members[name])}`;
  }
  return `{${text}}`;
}

function scalar(value: unknown): string {
  const text = JSON.stringify(value);
  assert(text !== undefined && (typeof value !== 'number' || Number.isFinite(value)), 'it is JSON');
  return text;
}
