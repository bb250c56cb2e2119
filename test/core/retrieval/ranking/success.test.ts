import assert from 'node:assert/strict';
import {
  createPromises,
  freshPromise,
  gainOf,
  type Tried,
} from '../../../../src/core/retrieval/ranking/success.ts';

const WEIGHTS = { sigmas: 0.75, prior: 1.5, floor: 0.4 };

function tried(success: number, failure: number, origin = 'own'): Tried {
  return { success, failure, origin };
}

describe('what a pattern promises', () => {
  it('is that of a fresh one where nothing is known of any', () => {
    const promiseOf = createPromises<Tried>([], WEIGHTS);
    const untried = createPromises([tried(0, 0)], WEIGHTS);
    for (const of of [promiseOf, untried]) {
      assert.ok(Math.abs(of(tried(0, 0)) - freshPromise(WEIGHTS)) < 1e-12);
    }
  });

  it('grows with success, shrinks with failure and with being known', () => {
    const of = (success: number, failure: number): number => {
      const row = tried(success, failure);
      return createPromises([row], WEIGHTS)(row);
    };
    assert.ok(of(5, 0) > of(1, 0) && of(1, 0) > of(0, 1) && of(0, 1) > of(0, 5));
    assert.ok(of(7, 3) > of(70, 30));
    assert.ok(of(0, 2) > WEIGHTS.floor);
    assert.ok(of(0, 3) < WEIGHTS.floor);
  });

  it('is worth nothing at the floor and as much as a fresh one where it promises as much', () => {
    const fresh = freshPromise(WEIGHTS);
    assert.equal(gainOf(WEIGHTS.floor, WEIGHTS), 0);
    assert.equal(gainOf(fresh, WEIGHTS), 1);
    assert.ok(gainOf((fresh + WEIGHTS.floor) / 2, WEIGHTS) < 0.51);
    assert.ok(gainOf(1, WEIGHTS) > 1);
  });

  it('goes by what became of others of its origin while it is fresh', () => {
    const rows = [tried(9, 1, 'good'), tried(1, 9, 'bad')];
    const promiseOf = createPromises(rows, WEIGHTS);
    const fresh = ['good', 'unknown', 'bad'].map((origin) => promiseOf(tried(0, 0, origin)));
    assert.deepEqual(
      fresh,
      fresh.toSorted((a, b) => b - a),
    );
    assert.equal(new Set(fresh).size, 3);
  });

  it('is the same whatever order the patterns come in, and takes nobody for their own prior', () => {
    const rows = [tried(3, 1), tried(0, 2), tried(0.3, 0.6, 'pack')];
    const [one, other] = [rows, rows.toReversed()].map((all) => createPromises(all, WEIGHTS));
    const close = (a = 0, b = 0): boolean => Math.abs(a - b) < 1e-12;
    for (const row of rows) assert.ok(close(one?.(row), other?.(row)));
    const alone = tried(9, 0, 'alone');
    assert.ok(createPromises([alone], WEIGHTS)(alone) <= 1.05);
  });
});
