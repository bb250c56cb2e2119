import assert from 'node:assert/strict';
import { readPatternFile, toPatternFile } from '../../../src/core/exchange/patternFile.ts';
import { createChance } from '../../support/draw.ts';

const TEXTS = [
  ...[
    '',
    ' ',
    '\n',
    'null',
    '~',
    '1e3',
    '0x1f',
    'yes',
    '- a',
    'a: b',
    '# no',
    '"',
    "it's",
    '|',
    '>',
  ],
  ...[
    '&a',
    '*a',
    '!t',
    '%x',
    '@x',
    '`x`',
    '{a',
    '[a',
    '? k',
    '---',
    '...',
    'tab\tin',
    '\ttab first',
  ],
  ...[
    '  two first\nthen none\n',
    'end with two\n\n',
    'end with blank \n  ',
    'a\r\nb\r',
    '\u0000\u001b[0m',
  ],
  ...[
    '\u2028 \u0085 \ufeff',
    '漢字 🙂',
    '<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n',
    '=======\n',
  ],
  ...['x'.repeat(5_000), `${'word '.repeat(400)}end`, '\n\n  lead', '\\', '\\n'],
];

describe('a pattern as a file', () => {
  it('comes back as it was, whatever its texts, line ends of git included', () => {
    const chance = createChance(7);
    for (let round = 0; round < 300; round += 1) {
      const text = (): string => TEXTS[Math.floor(chance() * TEXTS.length)] ?? '';
      const fields = {
        ...{ fingerprint: 'a'.repeat(64), kind: 'fix', language: null, lines: round, name: text() },
        ...{ description: text(), tags: [text(), text()], template: text(), before: text() },
        ...{ after: text(), message: text() + text(), confidence: 0.25, testsChanged: false },
        occurrences: [{ project: text(), path: null, range: { start: { line: 1 } } }],
      };
      const file = toPatternFile(fields);
      assert.deepEqual(readPatternFile(file), { fields });
      assert.deepEqual(readPatternFile(file.replaceAll('\n', '\r\n')), { fields });
    }
  });

  it('shows code line by line, and a place a line, so that git merges them', () => {
    const places = [
      { project: 'git:a', path: 'a.ts' },
      { project: 'git:b', path: 'b.ts' },
    ];
    const file = toPatternFile({
      occurrences: places,
      code: 'a(\n  b,\n)\n',
      name: 'n',
      tags: ['t', 'u'],
    });
    assert.equal(
      file.split('\n').slice(2).join('\n'),
      `name: n
tags:
  - t
  - u
code: |
  a(
    b,
  )
occurrences:
  - { project: git:a, path: a.ts }
  - { project: git:b, path: b.ts }
`,
    );
  });

  for (const [what, text, code, line] of [
    [
      'a conflict',
      'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n',
      'pattern-file-conflict',
      2,
    ],
    ['a conflict at its start', '<<<<<<< HEAD\nb: 1\n', 'pattern-file-conflict', 1],
    ['what is no YAML', 'a: 1\nb: [', 'pattern-file-damaged', 2],
    ['a field twice', 'a: 1\na: 2\n', 'pattern-file-damaged', 2],
    ['an alias', 'a: &x [1]\nb: *x\n', 'pattern-file-damaged', null],
    ['a list', '- 1\n', 'pattern-file-damaged', 1],
    ['nothing', '', 'pattern-file-damaged', 1],
  ] as const) {
    it(`is refused with a code for ${what}`, () => {
      const read = readPatternFile(text);
      assert.ok('code' in read);
      assert.deepEqual([read.code, read.line], [code, line]);
    });
  }

  for (const deep of ['['.repeat(100_000), '- '.repeat(100_000), '{a: '.repeat(50_000)]) {
    it(`is refused where it is nested deeper than anybody writes, as in ${deep.slice(0, 4)}`, () => {
      const read = readPatternFile(deep);
      assert.ok('code' in read);
      assert.match(read.reason.text, /nested too deeply/);
    });
  }

  it('is not refused for code that is nested, or for much beside one another', () => {
    const code = Array.from({ length: 300 }, (_, at) => `${' '.repeat(at)}[{(`).join('\n');
    const tags = Array.from({ length: 500 }, () => '[');
    const fields = { code, tags, occurrences: tags.map((path) => ({ path })) };
    assert.deepEqual(readPatternFile(toPatternFile(fields)), { fields });
  });
});
