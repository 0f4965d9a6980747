import Papa from 'papaparse';
import type { Publication } from './release.ts';

/**
 * A release as CSV (RFC 4180, UTF-8): one row a cell, with the codes of up to as many dimensions as
 * the widest table has. A kept cell has an empty value and says its state.
 */
export function publicationCsv({ tables, definition, vintage, hash }: Publication): string {
  const width = Math.max(0, ...tables.map(({ dimensions }) => dimensions.length));
  const places = Array.from({ length: width }, (_, at) => at);
  const heads = [
    'definition',
    'version',
    'vintage',
    'table',
    ...places.flatMap((at) => [`dimension_${at + 1}`, `code_${at + 1}`]),
    'value',
    'state',
    'rules',
    'release_hash',
  ];
  const rows = tables.flatMap(({ name, dimensions, cells }) =>
    cells.map(({ codes, value, state, rules }) => [
      definition.id,
      definition.version,
      vintage,
      name,
      ...places.flatMap((at) => [dimensions[at] ?? '', codes[at] ?? '']),
      value === null ? '' : String(value),
      state,
      rules.join(' '),
      hash,
    ]),
  );
  return Papa.unparse([heads, ...rows], { escapeFormulae: true });
}
