import assert from 'node:assert/strict';
import fc from 'fast-check';

import {
  factorQr,
  frobenius,
  multiply,
  transpose,
  zeros,
} from '../../../../src/core/adapters/merge/matrix.ts';
import type { Matrix } from '../../../../src/core/adapters/merge/matrix.ts';
import { factorSvd } from '../../../../src/core/adapters/merge/singularValues.ts';

/** Tensors hold numbers of 32 bits. */
const entry = fc.float({ min: -1e3, max: 1e3, noNaN: true });
const anyMatrix = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
  .chain(([rows, columns]) =>
    fc
      .array(entry, { minLength: rows * columns, maxLength: rows * columns })
      .map((values): Matrix => ({ rows, columns, values: Float64Array.from(values) })),
  );

describe('factors of matrices', () => {
  it('give the matrix again, with columns at right angles', () => {
    fc.assert(
      fc.property(anyMatrix, (matrix) => {
        const { q, r } = factorQr(matrix);
        assertNear(multiply(q, r), matrix, frobenius(matrix));
        assertUnits(q);
        const { u, singular, v } = factorSvd(matrix);
        const scaled: Matrix = {
          ...u,
          values: u.values.map((value, at) => value * (singular[at % u.columns] ?? 0)),
        };
        assertNear(multiply(scaled, transpose(v)), matrix, frobenius(matrix));
        assert.deepEqual(
          [...singular],
          [...singular].sort((a, b) => b - a),
        );
        assert.ok(singular.every((value) => value >= 0));
      }),
    );
  });

  it('find singular values that are known', () => {
    const matrix: Matrix = { rows: 2, columns: 3, values: Float64Array.of(3, 0, 0, 0, 0, -5) };
    const { singular, u } = factorSvd(matrix);
    assert.deepEqual([...singular], [5, 3]);
    assert.deepEqual([...u.values], [0, 1, 1, 0]);
  });

  it('bear columns that are nothing or alike', () => {
    const matrix: Matrix = { rows: 3, columns: 2, values: Float64Array.of(1, 1, 2, 2, 3, 3) };
    assert.ok((factorSvd(matrix).singular[1] ?? 1) < 1e-12);
    assert.deepEqual([...factorSvd(zeros(2, 2)).singular], [0, 0]);
    assertNear(multiply(factorQr(matrix).q, factorQr(matrix).r), matrix, 10);
  });
});

function assertNear(actual: Matrix, expected: Matrix, size: number): void {
  const apart = actual.values.map((value, at) => value - (expected.values[at] ?? NaN));
  assert.ok(frobenius({ ...actual, values: apart }) <= 1e-12 * (size + 1));
}

function assertUnits(matrix: Matrix): void {
  const product = multiply(transpose(matrix), matrix);
  const unit = zeros(product.rows, product.columns);
  for (let at = 0; at < unit.rows; at++) unit.values[at * unit.columns + at] = 1;
  assertNear(product, unit, 1);
}
