import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adaptCode, dedent, type Destination } from '../../../../src/extension/insert/adaptCode.ts';

const SPACES: Destination = { indent: '', insertSpaces: true, tabSize: 4, eol: '\n' };
const TABS: Destination = { ...SPACES, insertSpaces: false };

describe('code that is inserted', () => {
  it('arrives as it is where nothing asks for a change', () => {
    const code = 'if (a) {\n    b(`${c}`, "}", \'\\\\$1\');\n}';
    assert.equal(adaptCode(code, SPACES), code);
  });

  it('is indented like the line of the cursor, from its second line on', () => {
    assert.equal(
      adaptCode('def f():\n    return 1', { ...SPACES, indent: '        ' }),
      'def f():\n            return 1',
    );
  });

  it('loses what all of its lines are indented by', () => {
    assert.equal(adaptCode('    a\n\n      b\n    c', SPACES), 'a\n\n    b\nc');
    assert.equal(dedent('\ta\r\n\t\tb\r\n\r\n'), 'a\n\tb\n\n');
  });

  it('leaves no white space in empty lines', () => {
    assert.equal(adaptCode('a\n   \n\nb', { ...SPACES, indent: '  ' }), 'a\n\n\n  b');
  });

  it('ends its lines as the document does', () => {
    assert.equal(adaptCode('a\r\nb\nc\rd', SPACES), 'a\nb\nc\nd');
    assert.equal(adaptCode('a\r\nb\nc', { ...SPACES, eol: '\r\n' }), 'a\r\nb\r\nc');
  });

  it('writes its levels as the document does', () => {
    const narrow = 'a {\n  b {\n    c\n  }\n}';
    assert.equal(adaptCode(narrow, SPACES), 'a {\n    b {\n        c\n    }\n}');
    assert.equal(adaptCode(narrow, TABS), 'a {\n\tb {\n\t\tc\n\t}\n}');
    assert.equal(adaptCode('a {\n\tb {\n\t\tc\n\t}\n}', { ...SPACES, tabSize: 2 }), narrow);
  });

  it('keeps what is aligned in its place', () => {
    const aligned = 'call(one,\n     two)\nif x:\n    y';
    assert.equal(adaptCode(aligned, { ...SPACES, tabSize: 2 }), aligned);
    assert.equal(adaptCode('f(a,\n\t  b)', SPACES), 'f(a,\n      b)');
  });

  it('keeps the stars of a block comment below one another', () => {
    const commented = 'class A {\n  /**\n   * One.\n   */\n  b() {}\n}';
    assert.equal(adaptCode(commented, TABS), 'class A {\n\t/**\n\t * One.\n\t */\n\tb() {}\n}');
  });

  it('changes nothing of a line but its indentation', () => {
    const line = fc.string({
      unit: fc.constantFrom('$', '}', '\\', '{', 'é', '👍', 'x', ' ', '`'),
    });
    const indented = fc
      .tuple(fc.stringMatching(/^(?:\t| ){0,6}$/), line)
      .map((parts) => parts.join(''));
    const destination = fc.record({
      indent: fc.constantFrom('', '\t', '    ', '   '),
      insertSpaces: fc.boolean(),
      tabSize: fc.integer({ min: 1, max: 8 }),
      eol: fc.constantFrom('\n' as const, '\r\n' as const),
    });
    fc.assert(
      fc.property(
        fc.array(indented),
        fc.constantFrom('\n', '\r\n'),
        destination,
        (lines, end, to) => {
          const adapted = adaptCode(lines.join(end), to);
          assert.deepEqual(
            adapted.split(to.eol).map(withoutIndent),
            lines.length === 0 ? [''] : lines.map(withoutIndent),
          );
        },
      ),
    );
  });

  it('keeps the order of depths, so that Python means the same', () => {
    const line = fc.integer({ min: 0, max: 12 }).map((depth) => `${' '.repeat(depth)}x`);
    const destination = fc.record({
      indent: fc.constant(''),
      insertSpaces: fc.constant(true),
      tabSize: fc.integer({ min: 1, max: 8 }),
      eol: fc.constant('\n' as const),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), destination, (lines, to) => {
        const before = lines.map(depthOf);
        const after = adaptCode(lines.join('\n'), to).split('\n').map(depthOf);
        for (const [index, depth] of before.entries()) {
          for (const [other, otherDepth] of before.entries()) {
            const change = (after[index] ?? 0) - (after[other] ?? 0);
            assert.equal(Math.sign(change), Math.sign(depth - otherDepth));
          }
        }
      }),
    );
  });
});

function withoutIndent(line: string): string {
  return line.replace(/^[ \t]+/, '');
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}
