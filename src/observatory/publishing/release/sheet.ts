import Papa from 'papaparse';
import type { Publication } from './release.ts';

/** One cell of a release as a row: text, or a number where it is one, or nothing. */
export type SheetRow = readonly (string | number | null)[];

/**
 * A release as rows, one a cell, with the codes of up to as many dimensions as the widest table
 * has. A kept cell has no value and says its state.
 */
export function publicationRows({ tables, definition, vintage, hash }: Publication) {
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
    cells.map(
      ({ codes, value, state, rules }): SheetRow => [
        definition.id,
        definition.version,
        vintage,
        name,
        ...places.flatMap((at) => [dimensions[at] ?? '', codes[at] ?? '']),
        value,
        state,
        rules.join(' '),
        hash,
      ],
    ),
  );
  return { heads, rows };
}

/** A release as CSV (RFC 4180, UTF-8), with the rows of `publicationRows`. */
export function publicationCsv(publication: Publication): string {
  const { heads, rows } = publicationRows(publication);
  const text = rows.map((row) => row.map((one) => (one === null ? '' : String(one))));
  return Papa.unparse([heads, ...text], { escapeFormulae: true });
}
