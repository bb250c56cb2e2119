import { transpose, zeros } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** A matrix as U × diagonal × Vᵀ, with as many singular values as its smaller side. */
export interface Svd {
  /** [rows, k], columns of length 1. */
  readonly u: Matrix;
  /** Largest first, never negative. */
  readonly singular: Float64Array;
  /** [columns, k], columns of length 1. */
  readonly v: Matrix;
}

/** Columns nearer to a right angle than this count as being at one. */
const TOLERANCE = 1e-15;
const MAX_SWEEPS = 60;

/**
 * By one-sided Jacobi rotations, which find small singular values as exactly as large ones.
 * The largest entry of each column of U is positive, so that the same matrix gives the same factors.
 *
 * Source: Golub and Van Loan, Matrix Computations, section 8.6.3
 */
export function factorSvd(matrix: Matrix): Svd {
  if (matrix.rows < matrix.columns) {
    const { u, singular, v } = factorSvd(transpose(matrix));
    return withSigns({ u: v, singular, v: u });
  }
  const { rows, columns } = matrix;
  const left = columnsOf(matrix);
  const right = Array.from({ length: columns }, (_, at) => {
    const unit = new Float64Array(columns);
    unit[at] = 1;
    return unit;
  });
  for (let sweep = 0, isDone = false; sweep < MAX_SWEEPS && !isDone; sweep++) {
    isDone = true;
    for (let i = 0; i < columns - 1; i++) {
      for (let j = i + 1; j < columns; j++) {
        if (rotate(left, right, i, j)) isDone = false;
      }
    }
  }
  const lengths = left.map(lengthOf);
  const order = lengths.map((_, at) => at).sort((a, b) => (lengths[b] ?? 0) - (lengths[a] ?? 0));
  const u = zeros(rows, columns);
  const v = zeros(columns, columns);
  const singular = new Float64Array(columns);
  order.forEach((from, to) => {
    const length = lengths[from] ?? 0;
    singular[to] = length;
    left[from]?.forEach((value, row) => (u.values[row * columns + to] = length && value / length));
    right[from]?.forEach((value, row) => (v.values[row * columns + to] = value));
  });
  return withSigns({ u, singular, v });
}

/** Turns two columns to a right angle; false where they were at one. */
function rotate(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  i: number,
  j: number,
): boolean {
  const a = left[i] ?? new Float64Array(0);
  const b = left[j] ?? new Float64Array(0);
  const aa = dot(a, a);
  const bb = dot(b, b);
  const ab = dot(a, b);
  if (ab === 0 || Math.abs(ab) <= TOLERANCE * Math.sqrt(aa * bb)) return false;
  const zeta = (bb - aa) / (2 * ab);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  turn(a, b, cosine, cosine * tangent);
  turn(right[i] ?? a, right[j] ?? b, cosine, cosine * tangent);
  return true;
}

function turn(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let at = 0; at < a.length; at++) {
    const x = a[at] ?? 0;
    const y = b[at] ?? 0;
    a[at] = cosine * x - sine * y;
    b[at] = sine * x + cosine * y;
  }
}

function withSigns({ u, singular, v }: Svd): Svd {
  const { columns } = u;
  for (let column = 0; column < columns; column++) {
    let largest = 0;
    for (let row = 0; row < u.rows; row++) {
      const value = u.values[row * columns + column] ?? 0;
      if (Math.abs(value) > Math.abs(largest)) largest = value;
    }
    if (largest >= 0) continue;
    for (const { rows, values } of [u, v]) {
      for (let row = 0; row < rows; row++) {
        const at = row * columns + column;
        values[at] = -(values[at] ?? 0);
      }
    }
  }
  return { u, singular, v };
}

function columnsOf(matrix: Matrix): readonly Float64Array[] {
  const { rows, columns, values } = transpose(matrix);
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function lengthOf(column: Float64Array): number {
  return Math.sqrt(dot(column, column));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
