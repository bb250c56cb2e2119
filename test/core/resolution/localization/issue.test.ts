import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readIssue } from '../../../../src/core/resolution/localization/issue.ts';

describe('the text of an issue', () => {
  it('has a title, prose and blocks of code, without comments of a form', () => {
    const issue = readIssue(
      '<!-- fill in -->\n\n# Total is wrong\r\n\r\nSee below.\r\n```py\nprint(cart.total)\n```\nThanks',
    );
    assert.equal(issue.title, 'Total is wrong');
    assert.match(issue.prose, /See below\.\nThanks/);
    assert.doesNotMatch(issue.prose, /cart/);
    assert.match(issue.text, /cart\.total/);
  });

  it('keeps the text behind a comment that is never closed', () => {
    assert.equal(readIssue('before <!-- after').title, 'before <!-- after');
  });

  it('weighs names of code by where they stand', () => {
    const { codeWords } = readIssue(
      'makeTotal is slow\n\nplain words, then sum_up, `quoted` and call(now).\n```\nblocked\n```\n>>> typed',
    );
    assert.deepEqual(
      Object.fromEntries(codeWords),
      Object.fromEntries([
        ['blocked', 0.7],
        ['typed', 0.7],
        ['quoted', 1.5],
        ['sum_up', 1],
        ['call', 1],
        ['makeTotal', 1.5],
      ]),
    );
  });

  it('names the files that it mentions, with / or \\, links and line numbers included', () => {
    const { paths } = readIssue(
      'see src\\shop\\cart.ts, (lib/total.py:12) and https://example.org/o/r/blob/main/a/b.rb. Not this.',
    );
    assert.deepEqual(
      paths.map((parts) => parts.slice(-2).join('/')),
      ['shop/cart.ts', 'lib/total.py', 'a/b.rb'],
    );
  });

  const FRAMES: readonly (readonly [string, string, readonly unknown[]])[] = [
    ['Python', '  File "/x/shop/cart.py", line 7, in total', ['cart.py', 'total', 7]],
    ['IPython', 'File ~/x/cart.py:7, in Cart.total(self)', ['cart.py', 'total', 7]],
    ['a notebook', '/x/cart.py in total(self, x)', ['cart.py', 'total', undefined]],
    ['pytest', 'shop/cart.py:7: ValueError', ['cart.py', undefined, 7]],
    ['Node', '    at Cart.total (/x/cart.js:7:3)', ['cart.js', 'total', 7]],
    ['a browser', '    at /x/cart.js:7:3', ['cart.js', undefined, 7]],
    ['Java', '\tat shop.Cart.total(Cart.java:7)', ['Cart.java', 'total', 7]],
    ['C#', '   at Shop.Cart.Total(Int32 n) in C:\\x\\Cart.cs:line 7', ['Cart.cs', 'Total', 7]],
    ['Ruby', "cart.rb:7:in `total'", ['cart.rb', 'total', 7]],
    ['PHP', '#0 /x/cart.php(7): Cart->total()', ['cart.php', 'total', 7]],
    ['Go', '\t/x/cart.go:7 +0x1d', ['cart.go', undefined, 7]],
    ['Rust', '             at ./src/cart.rs:7:9', ['cart.rs', undefined, 7]],
  ];
  for (const [program, line, expected] of FRAMES) {
    it(`holds frames as ${program} prints them`, () => {
      const { frames } = readIssue(`It fails\n\n${line}\n`);
      assert.deepEqual(
        frames.map((frame) => [frame.path.at(-1), frame.symbol, frame.line]),
        [expected],
      );
    });
  }

  it('has the frame that failed last, whichever end it is printed at', () => {
    const last = (text: string): string | undefined => readIssue(text).frames.at(-1)?.symbol;
    assert.equal(last('File "a.py", line 1, in outer\nFile "b.py", line 2, in inner'), 'inner');
    assert.equal(last('Error\n    at inner (b.js:2:1)\n    at outer (a.js:1:1)'), 'inner');
  });

  it('is read in a moment however hostile it is', function () {
    this.timeout(5_000);
    for (const piece of ['a/', '`', '<!--', 'a.', '(', 'at a ', 'File "', '{', ' in ', '#0 ']) {
      readIssue(piece.repeat(100_000));
    }
  });

  it('may be any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        const issue = readIssue(text);
        return issue.title.length <= text.length && !issue.title.includes('\n');
      }),
    );
  });
});
