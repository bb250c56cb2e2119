/** A matrix of float64, row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** The factors of a matrix: columns of length 1 at right angles, and what makes it of them. */
export interface Qr {
  /** [rows, k], k the smaller side. */
  readonly q: Matrix;
  /** [k, columns]. */
  readonly r: Matrix;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float64Array(rows * columns) };
}

export function transpose({ rows, columns, values }: Matrix): Matrix {
  const result = zeros(columns, rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result.values[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return result;
}

export function multiply(left: Matrix, right: Matrix): Matrix {
  const result = zeros(left.rows, right.columns);
  const { columns } = right;
  for (let row = 0; row < left.rows; row++) {
    for (let k = 0; k < left.columns; k++) {
      const factor = left.values[row * left.columns + k] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < columns; column++) {
        const at = row * columns + column;
        result.values[at] =
          (result.values[at] ?? 0) + factor * (right.values[k * columns + column] ?? 0);
      }
    }
  }
  return result;
}

/** The root of the sum of squares of all entries. */
export function frobenius({ values }: Matrix): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** Beside one another; all have as many rows. */
export function besides(parts: readonly Matrix[]): Matrix {
  const rows = parts[0]?.rows ?? 0;
  const result = zeros(
    rows,
    parts.reduce((sum, { columns }) => sum + columns, 0),
  );
  let start = 0;
  for (const { columns, values } of parts) {
    for (let row = 0; row < rows; row++) {
      const source = values.subarray(row * columns, (row + 1) * columns);
      result.values.set(source, row * result.columns + start);
    }
    start += columns;
  }
  return result;
}

/**
 * By Householder reflections, which lose no accuracy whatever the columns.
 *
 * Source: Golub and Van Loan, Matrix Computations, algorithm 5.2.1
 */
export function factorQr(matrix: Matrix): Qr {
  const { rows, columns } = matrix;
  const k = Math.min(rows, columns);
  // Columns one after the other, as they are what is worked on.
  const work = transpose(matrix).values;
  const reflections: { readonly vector: Float64Array; readonly scale: number }[] = [];
  for (let step = 0; step < k; step++) {
    const vector = work.slice(step * rows + step, (step + 1) * rows);
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    const first = vector[0] ?? 0;
    const pivot = first > 0 ? -norm : norm;
    vector[0] = first - pivot;
    const squared = vector.reduce((sum, value) => sum + value * value, 0);
    const scale = squared === 0 ? 0 : 2 / squared;
    reflections.push({ vector, scale });
    for (let column = step; column < columns; column++) {
      reflect(work.subarray(column * rows + step, (column + 1) * rows), vector, scale);
    }
  }
  const r = zeros(k, columns);
  for (let row = 0; row < k; row++) {
    for (let column = row; column < columns; column++) {
      r.values[row * columns + column] = work[column * rows + row] ?? 0;
    }
  }
  const q = new Float64Array(k * rows);
  for (let column = 0; column < k; column++) {
    q[column * rows + column] = 1;
    for (let step = k - 1; step >= 0; step--) {
      const { vector, scale } = reflections[step] ?? { vector: new Float64Array(0), scale: 0 };
      reflect(q.subarray(column * rows + step, (column + 1) * rows), vector, scale);
    }
  }
  return { q: transpose({ rows: k, columns: rows, values: q }), r };
}

function reflect(column: Float64Array, vector: Float64Array, scale: number): void {
  let product = 0;
  for (let i = 0; i < vector.length; i++) product += (vector[i] ?? 0) * (column[i] ?? 0);
  const factor = product * scale;
  if (factor === 0) return;
  for (let i = 0; i < vector.length; i++) {
    column[i] = (column[i] ?? 0) - factor * (vector[i] ?? 0);
  }
}
