/** A square matrix of float64, row by row. */
export type Square = { readonly n: number; readonly cells: Float64Array };

export function square(n: number): Square {
  return { n, cells: new Float64Array(n * n) };
}

export function cellOf({ n, cells }: Square, row: number, column: number): number {
  return cells[row * n + column] as number;
}

/** A pivot below this share of the matrix's largest cell is taken for nothing. */
const SINGULAR = 1e-13;

/**
 * The inverse, by Gauss–Jordan elimination with partial pivoting (Golub and Van Loan, Matrix
 * Computations, §3.4); null where the matrix is singular. About n³ multiplications.
 */
export function inverse(matrix: Square): Square | null {
  const { n } = matrix;
  const a = Float64Array.from(matrix.cells);
  const order = Int32Array.from({ length: n }, (_, at) => at);
  const least = SINGULAR * a.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let at = 0; at < n; at++) {
    const best = pivotRow(a, n, at);
    if (!(Math.abs(a[best * n + at] as number) > least)) return null;
    if (best !== at) swapRows(a, n, best, at);
    [order[best], order[at]] = [order[at] as number, order[best] as number];
    eliminate(a, n, at);
  }
  return { n, cells: unpermuted(a, n, order) };
}

function pivotRow(a: Float64Array, n: number, column: number): number {
  let best = column;
  for (let row = column + 1; row < n; row++) {
    const value = Math.abs(a[row * n + column] as number);
    if (value > Math.abs(a[best * n + column] as number)) best = row;
  }
  return best;
}

function swapRows(a: Float64Array, n: number, one: number, other: number): void {
  const kept = a.slice(one * n, one * n + n);
  a.copyWithin(one * n, other * n, other * n + n);
  a.set(kept, other * n);
}

// In place: the column that becomes a unit vector gives its room to the inverse's column.
function eliminate(a: Float64Array, n: number, at: number): void {
  const start = at * n;
  const pivot = a[start + at] as number;
  a[start + at] = 1;
  for (let i = start; i < start + n; i++) a[i] = (a[i] as number) / pivot;
  for (let row = 0; row < n; row++) {
    if (row === at) continue;
    const from = row * n;
    const factor = a[from + at] as number;
    if (factor === 0) continue;
    a[from + at] = 0;
    for (let i = 0; i < n; i++) {
      a[from + i] = (a[from + i] as number) - factor * (a[start + i] as number);
    }
  }
}

// Rows were exchanged on the way, which exchanges the columns of the inverse.
function unpermuted(a: Float64Array, n: number, order: Int32Array): Float64Array {
  const cells = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let at = 0; at < n; at++)
      cells[row * n + (order[at] as number)] = a[row * n + at] as number;
  }
  return cells;
}
