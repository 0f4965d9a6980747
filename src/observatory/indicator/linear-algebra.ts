/** Dense matrices as rows. */
export type Matrix = readonly (readonly number[])[];

/** Solves `matrix · x = right` by elimination with pivoting; null where it is singular. */
export function solve(matrix: Matrix, right: readonly number[]): number[] | null {
  const rows = matrix.map((row, at) => [...row, right[at] as number]);
  const n = rows.length;
  for (let column = 0; column < n; column++) {
    let best = column;
    for (let at = column + 1; at < n; at++) {
      if (Math.abs(rows[at]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = at;
    }
    const pivot = rows[best] as number[];
    if (Math.abs(pivot[column] as number) < 1e-12) return null;
    [rows[best], rows[column]] = [rows[column] as number[], pivot];
    for (let at = column + 1; at < n; at++) {
      const row = rows[at] as number[];
      const factor = (row[column] as number) / (pivot[column] as number);
      for (let i = column; i <= n; i++) row[i] = (row[i] as number) - factor * (pivot[i] as number);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let at = n - 1; at >= 0; at--) {
    const row = rows[at] as number[];
    let rest = row[n] as number;
    for (let i = at + 1; i < n; i++) rest -= (row[i] as number) * (x[i] as number);
    x[at] = rest / (row[at] as number);
  }
  return x;
}

export type Eigen = { value: number; vector: number[] };

/**
 * Eigenvalues, largest first, and unit eigenvectors of a symmetric matrix by cyclic Jacobi
 * rotations (C. G. J. Jacobi 1846; Golub and Van Loan, Matrix Computations, §8.5). A vector's
 * largest part is above zero.
 */
export function eigen(matrix: Matrix): Eigen[] {
  const n = matrix.length;
  const a = matrix.map((row) => [...row]);
  const vectors = a.map((_, at) => a.map((_, other) => (at === other ? 1 : 0)));
  for (let sweep = 0; sweep < 60 && offDiagonal(a) > 1e-24; sweep++) {
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) rotate(a, vectors, p, q);
  }
  return a
    .map((row, at) => ({
      value: row[at] as number,
      vector: upright(vectors.map((one) => one[at] as number)),
    }))
    .toSorted((one, other) => other.value - one.value);
}

function offDiagonal(a: Matrix): number {
  let sum = 0;
  a.forEach((row, p) => {
    row.forEach((value, q) => {
      if (p !== q) sum += value * value;
    });
  });
  return sum;
}

function rotate(a: number[][], vectors: number[][], p: number, q: number): void {
  const apq = a[p]?.[q] as number;
  if (apq === 0) return;
  const theta = ((a[q]?.[q] as number) - (a[p]?.[p] as number)) / (2 * apq);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const turn = (row: number[]) => {
    const [x, y] = [row[p] as number, row[q] as number];
    row[p] = c * x - s * y;
    row[q] = s * x + c * y;
  };
  for (const row of a) turn(row);
  const [rowP, rowQ] = [a[p] as number[], a[q] as number[]];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [rowP[i] as number, rowQ[i] as number];
    rowP[i] = c * x - s * y;
    rowQ[i] = s * x + c * y;
  }
  for (const row of vectors) turn(row);
}

function upright(vector: number[]): number[] {
  const largest = vector.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one), 0);
  return largest < 0 ? vector.map((part) => -part) : vector;
}
