import assert from 'node:assert/strict';
import { slipsBetween } from '../../../../src/core/platform/text/slips.ts';

describe('slips between two words', () => {
  it('counts a letter left out, put in, taken for another or swapped with its neighbour as one', () => {
    for (const slip of ['shef', 'shelff', 'shalf', 'sehlf', 'hself', 'shefl']) {
      assert.equal(slipsBetween(slip, 'shelf', 2), 1, slip);
    }
    assert.equal(slipsBetween('shelf', 'shelf', 2), 0);
    assert.equal(slipsBetween('', 'ab', 2), 2);
  });

  it('adds them up, and gives up beyond the most', () => {
    assert.equal(slipsBetween('booksehlvs', 'bookshelves', 2), 2);
    assert.equal(slipsBetween('booksehlvs', 'bookshelves', 1), undefined);
    assert.equal(slipsBetween('library', 'bookshelf', 2), undefined);
    assert.equal(slipsBetween('abc', 'abcdef', 2), undefined);
  });
});
