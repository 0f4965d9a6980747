import type { Release } from '../../generated/api.ts';

export type Table = Release['content']['tables'][number];
export type Cell = Table['cells'][number];

/** The code of a total, as the engine of releases names it. */
export const TOTAL = 'T';
/** What a firm that has not said it stands under. */
export const UNKNOWN = 'U';

/** Sizes in the order in which people read them, whatever their codes are. */
export const SIZES = ['large', 'medium', 'small', 'micro'] as const;

const placeOf = (code: string) => (SIZES as readonly string[]).indexOf(code);

/** The codes of one dimension: as the cells first have them, sizes from the largest. */
export function codesOf({ cells, dimensions }: Table, at: number): string[] {
  const codes = [...new Set(cells.map((cell) => cell.codes[at] ?? ''))];
  if (dimensions[at] !== 'size') return codes;
  return codes.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** A row of a table as it is read: by its first dimension, a column for each code of the second. */
export type Line = { readonly code: string; readonly cells: ReadonlyMap<string, Cell> };

export function linesOf(table: Table): Line[] {
  const lines = new Map(codesOf(table, 0).map((code) => [code, new Map<string, Cell>()]));
  for (const cell of table.cells) {
    const [row = '', column = ''] = cell.codes;
    lines.get(row)?.set(column, cell);
  }
  return [...lines].map(([code, cells]) => ({ code, cells }));
}

/** How many cells are kept by a rule, and for others; and the rules, each once. */
export function keptIn(tables: readonly Table[]) {
  const cells = tables.flatMap((table) => table.cells);
  const kept = cells.filter(({ state }) => state === 'primary');
  return {
    primary: kept.length,
    secondary: cells.filter(({ state }) => state === 'secondary').length,
    rules: [...new Set(kept.flatMap(({ rules }) => rules))],
  };
}
