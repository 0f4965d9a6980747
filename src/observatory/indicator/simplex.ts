import { assert } from '../../kernel/index.ts';

const EPSILON = 1e-11;

/**
 * Maximises `gains · x` under `rows[i] · x ≤ 1` and x ≥ 0 by the simplex method on a condensed
 * tableau, from x = 0, with Bland's rule against cycling (R. G. Bland, Mathematics of Operations
 * Research 2, 1977, 103–107).
 *
 * @param gains m numbers; @param rows n rows of m numbers
 * @returns the m numbers x; a variable that no row bounds must have no gain
 */
export function maximise(gains: readonly number[], rows: readonly (readonly number[])[]): number[] {
  const m = gains.length;
  const tableau = [...rows.map((row) => [...row, 1]), [...gains.map((gain) => -gain), 0]];
  const columns = Array.from({ length: m }, (_, at) => at);
  const basis = rows.map((_, at) => m + at);
  for (let pivots = 0; ; pivots++) {
    assert(pivots < 10_000, 'Bland’s rule ends');
    const column = entering(tableau.at(-1) as number[], columns);
    if (column < 0) break;
    const row = leaving(tableau, column, basis);
    assert(row >= 0, 'every variable with a gain is bounded');
    pivot(tableau, row, column);
    [columns[column], basis[row]] = [basis[row] as number, columns[column] as number];
  }
  const x = new Array<number>(m).fill(0);
  basis.forEach((variable, row) => {
    if (variable < m) x[variable] = (tableau[row] as number[])[m] as number;
  });
  return x;
}

/** The variable of the lowest number that still has a gain. */
function entering(objective: readonly number[], columns: readonly number[]): number {
  let found = -1;
  columns.forEach((variable, at) => {
    if ((objective[at] as number) >= -EPSILON) return;
    if (found < 0 || variable < (columns[found] as number)) found = at;
  });
  return found;
}

/** The row that bounds it first; among equals, that of the lowest variable. */
function leaving(tableau: readonly number[][], column: number, basis: readonly number[]): number {
  let [found, least] = [-1, Number.POSITIVE_INFINITY];
  basis.forEach((variable, at) => {
    const row = tableau[at] as number[];
    const slope = row[column] as number;
    if (slope <= EPSILON) return;
    const bound = (row.at(-1) as number) / slope;
    const isTied = Math.abs(bound - least) <= EPSILON;
    if (isTied ? variable < (basis[found] as number) : bound < least) [found, least] = [at, bound];
  });
  return found;
}

function pivot(tableau: readonly number[][], row: number, column: number): void {
  const pivoted = tableau[row] as number[];
  const slope = pivoted[column] as number;
  for (let at = 0; at < pivoted.length; at++) pivoted[at] = (pivoted[at] as number) / slope;
  pivoted[column] = 1 / slope;
  for (const other of tableau) {
    if (other === pivoted) continue;
    const factor = other[column] as number;
    for (let at = 0; at < other.length; at++) {
      other[at] = (other[at] as number) - factor * (pivoted[at] as number);
    }
    other[column] = -factor / slope;
  }
}
