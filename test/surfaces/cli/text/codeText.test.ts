import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { highlightLines } from '../../../../src/cli/text/highlight.ts';
import { diffLines } from '../../../../src/cli/text/lineDiff.ts';
import { createStyle } from '../../../../src/cli/text/style.ts';
import { LANGUAGES } from '../../../../src/core/model/code.ts';

const PLAIN = createStyle(false);
const COLOUR = createStyle(true);

describe('highlighted code', () => {
  it('is the same code with colours, line by line, for any text and language', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        fc.array(
          fc.constantFrom(
            '/*',
            '*/',
            '"',
            "'",
            '`',
            '${',
            '\n',
            'if ',
            '<a b="&lt;">',
            '&amp;',
            '#',
            'def f():',
            '{',
            '}',
          ),
          { maxLength: 30 },
        ),
        (language, parts) => {
          const lines = highlightLines(parts.join(''), language, COLOUR);
          assert.equal(stripVTControlCharacters(lines.join('\n')), parts.join(''));
        },
      ),
    );
  });

  it('paints something in every language', () => {
    const code = '/* note */ "text" 12 class function return fn def func public # note\nif x';
    for (const language of LANGUAGES) {
      assert.notEqual(highlightLines(code, language, COLOUR).join('\n'), code, language);
    }
  });

  it('ends every colour on its line', () => {
    for (const line of highlightLines('/* a\n\n b */ x', 'c', COLOUR)) {
      const open = line.split('\u001b[2m').length;
      const closed = line.split('\u001b[22m').length;
      assert.equal(open, closed);
    }
  });

  it('has no colours where there are none or the language is unknown', () => {
    assert.deepEqual(highlightLines('return 1', 'go', PLAIN), ['return 1']);
    assert.deepEqual(highlightLines('return 1', 'cobol', COLOUR), ['return 1']);
    assert.deepEqual(highlightLines('return 1', null, COLOUR), ['return 1']);
  });
});

describe('line diffs', () => {
  it('mark lines and leave out what is far from a change', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].join('\n');
    const after = ['A', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].join('\n');
    const marks = diffLines(before, after, 1).map(({ mark, text }) => `${mark}${text}`);
    assert.deepEqual(marks, ['-a', '+A', ' b', 'gap', ' g', '+h']);
  });

  it('hold both texts whole when nothing is left out', () => {
    const text = fc.array(fc.constantFrom('a', 'b', '', '}', '\\ x'), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const lines = diffLines(a.join('\n'), b.join('\n'), Infinity);
        const side = (mark: string): string =>
          lines
            .filter((line) => line.mark !== mark)
            .map((line) => `${line.text}\n`)
            .join('');
        const ended = (lined: readonly string[]): string => {
          const whole = lined.join('\n');
          return whole === '' || whole.endsWith('\n') ? whole : `${whole}\n`;
        };
        fc.pre(ended(a) !== ended(b));
        assert.equal(side('+'), ended(a));
        assert.equal(side('-'), ended(b));
      }),
    );
  });
});
