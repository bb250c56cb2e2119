import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createBatches } from '../../../../src/core/retrieval/embedder/batches.ts';

const BUDGET = 64;

describe('batches of an embedding job', () => {
  const texts = fc.array(fc.array(fc.nat(), { minLength: 1, maxLength: 100 }), { maxLength: 50 });

  it('hold every text once, with its own index', () => {
    fc.assert(
      fc.property(texts, (list) => {
        const batches = createBatches(list, BUDGET);
        const indexes = batches.flatMap((batch) => batch.indexes);
        assert.deepEqual(
          indexes.toSorted((a, b) => a - b),
          list.map((_, index) => index),
        );
        for (const { indexes: own, tokens } of batches) {
          assert.deepEqual(
            tokens,
            own.map((index) => list[index]),
          );
        }
      }),
    );
  });

  it('stay within the budget, padding included, unless one text alone is longer', () => {
    fc.assert(
      fc.property(texts, (list) => {
        for (const { tokens } of createBatches(list, BUDGET)) {
          const padded = tokens.length * Math.max(...tokens.map(({ length }) => length));
          assert.ok(padded <= BUDGET || tokens.length === 1);
        }
      }),
    );
  });

  it('go from the longest text to the shortest', () => {
    fc.assert(
      fc.property(texts, (list) => {
        const lengths = createBatches(list, BUDGET).flatMap(({ tokens }) =>
          tokens.map(({ length }) => length),
        );
        assert.deepEqual(
          lengths,
          lengths.toSorted((a, b) => b - a),
        );
      }),
    );
  });
});
