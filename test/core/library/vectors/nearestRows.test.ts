import assert from 'node:assert/strict';

import { nearestRows } from '../../../../src/core/library/vectors/nearestRows.ts';
import { createVectorScan, quantise } from '../../../../src/core/library/vectors/scan.ts';
import { seededRandom } from '../../../../src/core/platform/seededRandom.ts';
import { ASSETS } from '../../../support/assets.ts';

const DIMENSIONS = 384;
const ROWS = 24_000;
/** Families of vectors, as texts about one thing make them. */
const FAMILIES = 400;

describe('the nearest rows of a large scan', () => {
  const random = seededRandom(7);
  const centres = Array.from({ length: FAMILIES }, () => direction());
  const scan = createVectorScan(ASSETS, DIMENSIONS);
  const queries: Float32Array[] = [];

  before(() => {
    for (let row = 0; row < ROWS; row++) {
      const vector = near(centres[row % FAMILIES] ?? direction());
      const { row: bytes, scale } = quantise(vector);
      scan.add(bytes, scale);
      if (row < 20) queries.push(near(vector));
    }
  });

  function direction(): Float32Array {
    return unit(Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5));
  }

  function near(centre: Float32Array): Float32Array {
    return unit(centre.map((value) => value + (random() - 0.5) * 0.12));
  }

  function nearestByScan(
    query: Float32Array,
    limit: number,
    passes: (row: number) => boolean,
  ): number[] {
    const cosines = scan.scan(query).slice();
    return [...cosines.keys()]
      .filter(passes)
      .sort((a, b) => (cosines[b] ?? 0) - (cosines[a] ?? 0) || a - b)
      .slice(0, limit);
  }

  it('are nearly all those that a scan of every row finds', () => {
    let shared = 0;
    for (const query of queries) {
      const exact = new Set(nearestByScan(query, 50, () => true));
      const found = nearestRows(scan, query, 50, () => true);
      assert.equal(found.length, 50);
      shared += found.filter(({ row }) => exact.has(row)).length;
    }
    assert.ok(shared / (50 * queries.length) > 0.97, String(shared / (50 * queries.length)));
  });

  it('come with the cosine that the whole scan gives, nearest first', () => {
    const [query = direction()] = queries;
    const cosines = scan.scan(query).slice();
    const found = nearestRows(scan, query, 50, () => true);
    assert.deepEqual(
      found.map(({ cosine }) => cosine),
      found.map(({ row }) => cosines[row] ?? 0).sort((a, b) => b - a),
    );
  });

  it('are exact where few rows pass', () => {
    const [query = direction()] = queries;
    const passes = (row: number): boolean => row % 997 === 0;
    assert.deepEqual(
      nearestRows(scan, query, 10, passes).map(({ row }) => row),
      nearestByScan(query, 10, passes),
    );
  });

  it('are told by signs: the likeliest rows first of all, ties included', () => {
    const [query = direction()] = queries;
    const few = scan.likely(query, 10);
    const more = scan.likely(query, 1000);
    assert.ok(few.length >= 10 && more.length >= 1000);
    assert.ok(few.every((row) => more.includes(row)));
    assert.equal(scan.likely(query, ROWS * 2).length, ROWS);
  });
});

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
