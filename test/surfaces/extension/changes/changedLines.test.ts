import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedLines } from '../../../../src/extension/resolve/changedLines.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', '\n'), { maxLength: 12 })
  .map((all) => all.join(''));

function replaced(before: string, after: string): string {
  const { start, end, text: written } = changedLines(before, after);
  const lines = before.split('\n');
  const offsetOf = ([line, character]: readonly [number, number]): number =>
    lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
  return before.slice(0, offsetOf(start)) + written + before.slice(offsetOf(end));
}

describe('the lines in which two texts differ', () => {
  it('make the one of the other, at the end of a file too', () => {
    for (const [before, after] of [
      ['x\nreturn 1', 'x\nreturn 1\nexport {}'],
      ['a\n', 'a\n\n'],
      ['a\n', 'a'],
      ['', 'a\n'],
    ] as const) {
      assert.equal(replaced(before, after), after);
    }
    fc.assert(
      fc.property(text, text, (before, after) => {
        assert.equal(replaced(before, after), after);
      }),
      { numRuns: 1_000 },
    );
  });

  it('leave the rest alone', () => {
    assert.deepEqual(changedLines('a\nb\nc\n', 'a\nx\ny\nc\n'), {
      start: [1, 0],
      end: [2, 0],
      text: 'x\ny\n',
    });
  });
});
