import assert from 'node:assert/strict';
import { firstSentence } from '../../../../src/core/extraction/describe/description.ts';
import { readImports } from '../../../../src/core/extraction/describe/imports.ts';
import { readSubject } from '../../../../src/core/extraction/commits/subject.ts';
import { LANGUAGES } from '../../../../src/core/model/code.ts';

/** Beginnings of imports and comments that are never ended, and what fills them. */
const PARTS = [
  ...[
    'a',
    '.',
    ' ',
    '\t',
    '\n',
    '*',
    '#\n',
    '-',
    '(',
    '[',
    '{',
    '<',
    '`',
    '"',
    "'",
    '\\',
    ',',
    ':',
  ],
  ...['from a import (\n', 'from a import b, \n', 'import a as \n', '"""\n\'\'\'\n', 'a.a.'],
  ...['import\n', 'import {\n', 'export a\n', 'import type \n', 'a = require(\n', 'require("a\n'],
  ...['import (\n', 'import "a\n', 'use a\n', 'use a::{b,\n', 'pub use ::a\n', 'use a\\{\n'],
  ...['import a.b \n', 'import a.b as c \n', 'using a\n', 'using static a.b\n', '#include <a\n'],
  ...['<summary>', '<see cref="a', '<see ', '{@link a', '![a', '[a](', '[`a', ':py:a:`b ', '&lt'],
  ...['a. ', '** ', '@deprecated ', '=begin\n', '<!--', '/**', '//\n', '(#1) ', 'fixes #1 '],
];

/** Where work grows with the square of this, a run takes minutes. */
const LENGTH = 400_000;

describe('hostile texts', () => {
  for (const part of PARTS) {
    it(`of runs of ${JSON.stringify(part)} are read in time that grows with them`, () => {
      const filled = part.repeat(Math.ceil(LENGTH / part.length));
      const ended = `import a.b${' '.repeat(LENGTH)}x\nfrom a import b${' '.repeat(LENGTH)}c`;
      for (const text of [filled, `${ended}${part}`]) {
        for (const language of LANGUAGES) assert.ok(Array.isArray(readImports(language, text)));
      }
      for (const opening of ['/** ', '/// ', '# ', '"""']) {
        assert.ok((firstSentence(`${opening}${filled}`) ?? '').length <= 240);
      }
      assert.ok(readSubject(`fix: ${filled}`).text.length <= LENGTH + part.length);
    });
  }
});

describe('imports', () => {
  const CASES: readonly (readonly [
    language: Parameters<typeof readImports>[0],
    text: string,
    read: readonly string[],
  ])[] = [
    ['python', 'from a.b import (\n  c,  # note\n  d  as  e,\n)', ['a.b: c e']],
    ['python', 'import a, b.c as  d', ['a: a', 'b.c: d']],
    ['typescript', "export const a = 1\nimport { b, type C as D } from 'e'", ['e: b D']],
    ['typescript', "export { x }\nimport y, * as z from 'w'", ['w: y z']],
    ['javascript', "import type from 'a'\nimport 'b'", ['a: ', 'b: ']],
    ['javascript', "const { a: b, c } = require('d')", ['d: b c']],
    [
      'go',
      'import (\n\tx "a/b"\n\t"c/go-d"\n)\nimport "e/f/v2"',
      ['a/b: x', 'c/go-d: d', 'e/f/v2: f'],
    ],
    ['rust', 'use a::{b, c as d};\nuse e', ['a: a b d']],
    ['java', 'import a.b.C ; // why\nimport static a.D.*;', ['a.b: C', 'a.D: ']],
    ['kotlin', 'import a.b.c as d\n', ['a.b: d']],
    ['php', 'use A\\{B, C as D};\nuse E\\F as G;', ['A: B D', 'E\\F: G']],
  ];
  for (const [language, text, read] of CASES) {
    it(`of ${language} are read from ${JSON.stringify(text)}`, () => {
      assert.deepEqual(
        readImports(language, text).map(({ module, names }) => `${module}: ${names.join(' ')}`),
        read,
      );
    });
  }
});
