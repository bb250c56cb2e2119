import assert from 'node:assert/strict';
import { createLineCutter } from '../../../../src/core/platform/text/lineCutter.ts';

describe('cutting pieces of text into lines', () => {
  const cut = (most: number, ...pieces: readonly string[]): readonly string[] => {
    const cutter = createLineCutter(most);
    return [...pieces.flatMap((piece) => cutter.take(piece)), cutter.end()];
  };

  it('gives the same lines wherever the pieces end', () => {
    const lines = ['one', '', 'two and three', 'four'];
    for (const ending of ['\n', '\r\n', '\r']) {
      const text = lines.join(ending);
      for (let at = 0; at <= text.length; at += 1) {
        assert.deepEqual(
          cut(100, text.slice(0, at), text.slice(at)),
          lines,
          JSON.stringify(ending),
        );
      }
    }
  });

  it('holds no more of a line than shows that it is too long', () => {
    const [long = '', next] = cut(10, ...Array.from({ length: 1000 }, () => 'abcd'), '\nnext');
    assert.ok(long.length > 10 && long.length < 20);
    assert.equal(next, 'next');
  });
});
