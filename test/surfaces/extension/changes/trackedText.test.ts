import assert from 'node:assert/strict';

import {
  changeBetween,
  moved,
  survivingShare,
  type OffsetChange,
} from '../../../../src/extension/following/trackedText.ts';

const TEXT = 'one();\ntwo();\nthree();';
const TRACKED = { text: TEXT, start: 10, end: 10 + TEXT.length };

function stretchAfter(...changes: readonly OffsetChange[]): readonly [number, number] {
  const { start, end } = changes.reduce(moved, TRACKED);
  return [start, end];
}

describe('text that was taken', () => {
  it('moves with what changes above it, and stays where that is below', () => {
    assert.deepEqual(stretchAfter({ rangeOffset: 0, rangeLength: 2, text: 'longer' }), [
      14,
      14 + TEXT.length,
    ]);
    assert.deepEqual(stretchAfter({ rangeOffset: 100, rangeLength: 2, text: '' }), [
      10,
      10 + TEXT.length,
    ]);
  });

  it('grows and shrinks with what changes in it, but not with what is put at its borders', () => {
    assert.deepEqual(stretchAfter({ rangeOffset: 12, rangeLength: 1, text: 'abc' }), [
      10,
      12 + TEXT.length,
    ]);
    assert.deepEqual(stretchAfter({ rangeOffset: 10, rangeLength: 0, text: 'ab' }), [
      12,
      12 + TEXT.length,
    ]);
    assert.deepEqual(stretchAfter({ rangeOffset: TRACKED.end, rangeLength: 0, text: 'ab' }), [
      10,
      10 + TEXT.length,
    ]);
  });

  it('is empty when it is taken back', () => {
    assert.deepEqual(
      stretchAfter({ rangeOffset: 10, rangeLength: TEXT.length, text: '' }),
      [10, 10],
    );
  });

  it('is found again in what a file has become while it was closed', () => {
    const before = `${'/'.repeat(10)}${TEXT}\nend();`;
    const shareIn = (now: string): number => {
      const [start, end] = stretchAfter(changeBetween(before, now));
      return survivingShare(TEXT, now.slice(start, end));
    };
    assert.equal(shareIn(before), 1);
    assert.equal(shareIn(`first();\n${before}`), 1);
    assert.equal(shareIn(before.replace('two();\n', '')), 2 / 3);
    assert.equal(shareIn(before.replace(TEXT, '')), 0);
    assert.equal(shareIn(''), 0);
    assert.deepEqual(changeBetween('aa', 'aaa'), { rangeOffset: 2, rangeLength: 0, text: 'a' });
  });

  it('survives by its lines in order, whatever their layout', () => {
    assert.equal(survivingShare(TEXT, '\tone();\n\n\ttwo();\n\tthree();\n'), 1);
    assert.equal(survivingShare(TEXT, 'one();\n2();\nthree();'), 2 / 3);
    assert.equal(survivingShare(TEXT, 'three();\nnew();'), 1 / 3);
    assert.equal(survivingShare(TEXT, ''), 0);
  });
});
