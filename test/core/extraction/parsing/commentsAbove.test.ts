import assert from 'node:assert/strict';
import fc from 'fast-check';

import { commentsAbove } from '../../../../src/core/extraction/parsing/commentsAbove.ts';

describe('comments above a declaration', () => {
  for (const [what, comment] of [
    ['line comments', '// One.\n// Two.\n'],
    ['a block whose lines begin with words', '/**\nOne.\n\nTwo.\n */\n'],
    ['a block of one line', '/* One. */\n'],
    ['hashes', '# One.\n# Two.\n'],
    ['a Ruby block', '=begin\nOne.\n=end\n'],
    ['a comment, an attribute and an empty line', '/// One.\n\n#[inline]\n'],
  ] as const) {
    it(`begin with ${what}`, () => {
      const code = 'a();\n\n\n\n';
      assert.equal(commentsAbove(`${code}${comment}f();`, code.length + comment.length), 5 + 1);
      assert.equal(commentsAbove(`a();\n${comment}f();`, 5 + comment.length), 5);
    });
  }

  it('are sought no further than the line of code before', () => {
    assert.equal(commentsAbove('// no\na();\nf();', 11), 11);
    assert.equal(commentsAbove('f();', 0), 0);
  });

  it('end the search at or before the declaration, whatever stands there', () => {
    const piece = fc.constantFrom(
      '/*',
      '*/',
      '\n',
      '//',
      '#',
      '=begin\n',
      '=end\n',
      ' ',
      'x',
      '\r',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(80), (pieces, at) => {
        const text = pieces.join('');
        const index = Math.min(at, text.length);
        const from = commentsAbove(text, index);
        assert.ok(from >= 0 && from <= index);
        assert.ok(from === 0 || text[from - 1] === '\n');
      }),
    );
  });
});
