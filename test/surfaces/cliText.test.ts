import assert from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { LANGUAGES } from '../../src/core/model/code.ts';
import type { CommitReport } from '../../src/core/model/api/jobs.ts';
import type { Terminal } from '../../src/cli/command.ts';
import { clean, cleanDeep } from '../../src/cli/text/clean.ts';
import { formatCode } from '../../src/cli/text/codeText.ts';
import {
  countOf,
  formatBytes,
  formatDate,
  formatDuration,
  formatPercent,
} from '../../src/cli/text/format.ts';
import { GONE_LESSONS } from '../../src/core/model/api/find.ts';
import type { FlatPattern } from '../../src/cli/found.ts';
import { formatHistory } from '../../src/cli/text/historyText.ts';
import { formatPatternList } from '../../src/cli/text/listText.ts';
import { formatHit, formatPattern, formatShortHit } from '../../src/cli/text/patternText.ts';
import { createStyle } from '../../src/cli/text/style.ts';
import { formatSummary } from '../../src/cli/text/summaryText.ts';
import { formatTable } from '../../src/cli/text/table.ts';
import { cutEnd, cutStart, widthOf, wrap } from '../../src/cli/text/width.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import { COMMITS, NO_HISTORY, SUMMARY as RUN, toFound } from '../support/cliAnswers.ts';
import { NOWHERE, PATTERNS, changePattern, codePattern } from '../support/cliPatterns.ts';

const SUMMARY = { ...RUN, notes: [] };
const PLAIN = createStyle(false);
const COLOUR = createStyle(true);
const terminal = (columns: number): Terminal => ({
  style: PLAIN,
  columns,
  tableColumns: columns,
});

describe('numbers for people', () => {
  it('counts with separators and the right number', () => {
    assert.deepEqual(
      [countOf(1, 'file'), countOf(0, 'file'), countOf(1234, 'fix', 'fixes')],
      ['1 file', '0 files', '1,234 fixes'],
    );
  });

  it('says sizes and durations in the unit that fits', () => {
    const sizes = [0, 999, 1000, 12_345, 999_499, 999_500, 4_200_000_000].map(formatBytes);
    assert.deepEqual(sizes, ['0 B', '999 B', '1.0 kB', '12.3 kB', '999 kB', '1.0 MB', '4.2 GB']);
    const times = [0, 8.4, 999.6, 1440, 9960, 59_400, 59_600, 125_000, 3_600_000, 3_780_000];
    assert.deepEqual(times.map(formatDuration), [
      '0 ms',
      '8 ms',
      '1.0 s',
      '1.4 s',
      '10 s',
      '59 s',
      '1 min 0 s',
      '2 min 5 s',
      '1 h 0 min',
      '1 h 3 min',
    ]);
  });

  it('says dates in UTC and leaves what is none', () => {
    assert.equal(formatDate('2024-05-03T23:59:59Z'), '3 May 2024');
    assert.equal(formatDate('2024-05-03T23:59:59-05:00'), '4 May 2024');
    assert.equal(formatDate('one day'), 'one day');
    assert.equal(formatPercent(0.714), '71 %');
  });
});

describe('neutralised text', () => {
  it('keeps line feeds and tabs, shows other control characters', () => {
    assert.equal(clean('a\tb\r\nc\u001b[1m\u007f\u009b\rd'), 'a\tb\nc␛[1m␡\\u{9b}␍d');
  });

  it('shows characters that turn the direction of text', () => {
    assert.equal(clean('a\u202eb\u2066c\u200fd'), 'a\\u{202e}b\\u{2066}c\\u{200f}d');
  });

  it('keeps letters and emoji of any script', () => {
    for (const text of ['Übung', '漢字', 'שלום', '👩‍👩‍👧', 'नमस्ते']) assert.equal(clean(text), text);
  });

  it('reaches every string of a value and keeps the rest', () => {
    const value = { '\u0007': ['\u001b', 1, null, true, { deep: '\u0000' }] };
    const expected = { '␇': ['␛', 1, null, true, { deep: '␀' }] };
    assert.deepEqual(cleanDeep(value), expected);
  });

  it('leaves nothing a terminal obeys in any text', () => {
    const unsafe = new RegExp('[^\\P{Cc}\\n\\t]', 'u');
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 0x20ff }))
          .map((codes) => String.fromCodePoint(...codes)),
        (text) => {
          assert.doesNotMatch(clean(text), unsafe);
        },
      ),
    );
  });
});

describe('width', () => {
  it('counts columns of a terminal, not characters', () => {
    const widths = ['abc', '漢字', '👩‍👩‍👧', 'e\u0301', '\u001b[1mabc\u001b[22m'].map(widthOf);
    assert.deepEqual(widths, [3, 4, 2, 1, 3]);
  });

  it('cuts at the end or the start, never within a letter', () => {
    assert.equal(cutEnd('abcdef', 4), 'abc…');
    assert.equal(cutEnd('漢字漢字', 6), '漢字…');
    assert.equal(cutStart('src/net/retry.ts', 9), '…retry.ts');
    assert.equal(cutStart('short', 9), 'short');
  });

  it('never cuts to more columns than allowed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 20 }),
        (text, columns) => {
          assert.ok(widthOf(cutEnd(clean(text), columns)) <= columns);
          assert.ok(widthOf(cutStart(clean(text), columns)) <= columns);
        },
      ),
    );
  });

  it('wraps at spaces and keeps long words whole', () => {
    assert.deepEqual(wrap('one two three-and-more four', 8), ['one two', 'three-and-more', 'four']);
    assert.deepEqual(wrap('  ', 8), []);
  });
});

describe('tables', () => {
  it('align wide characters and colours, without spaces at the ends', () => {
    const lines = formatTable(
      [
        { title: 'name', align: 'left' },
        { title: 'count', align: 'right' },
        { title: '', align: 'left' },
      ],
      [
        ['漢字', '1', 'x'],
        [COLOUR.name('plain'), '1,000', ''],
      ],
    );
    assert.deepEqual(lines.map(stripVTControlCharacters), [
      'name   count',
      '漢字       1  x',
      'plain  1,000',
    ]);
  });
});

const NO_RANGE = { start: { line: 7, character: 0 }, end: { line: 7, character: 4 } };

describe('patterns as text', () => {
  const [RETRY, , FIX] = PATTERNS;
  const answer = {
    impression: null,
    score: 0.9,
    signals: { words: 0.61, meaning: 0.22 },
    relevance: 0.83,
  };

  it('shows a hit in two lines, a change by what was wrong', () => {
    assert.ok(FIX !== undefined);
    const history = { changes: 0, fixes: 0, tests: 2, gone: false };
    const [code, where] = formatShortHit(
      { ...codePattern(), ...answer, history },
      1,
      terminal(80),
    ).split('\n');
    assert.equal(code, `${'1  retryWithBackoff  function · typescript'.padEnd(70)}83 % match`);
    assert.match(where ?? '', /^ {3}1a2b3c4d5e6f7081 {2}src\/net\/retry\.ts:12 · /);
    const [title, place] = formatShortHit({ ...FIX, ...answer, history }, 2, terminal(80)).split(
      '\n',
    );
    assert.ok('message' in FIX && title?.includes((FIX.message.split('\n')[0] ?? '').slice(0, 20)));
    assert.ok(place?.includes(FIX.qualifiedName));
    for (const line of [code, where, title, place]) assert.ok(widthOf(line ?? '') <= 80, line);
  });

  it('shows a hit with place, code and reasons, and says how much is hidden', async () => {
    const hit = await formatHit(
      { ...codePattern(), ...answer, history: { changes: 9, fixes: 3, tests: 4, gone: false } },
      1,
      terminal(80),
    );
    const lines = hit.split('\n');
    assert.equal(lines[0], `${'1  retryWithBackoff  function · typescript'.padEnd(70)}83 % match`);
    assert.ok(
      lines.includes('   src/net/retry.ts:12 · shop · ada@example.org · 3 May 2024 · aaaaaaaaaa'),
    );
    assert.ok(lines.includes('    12 │ export async function retryWithBackoff<T>('));
    assert.ok(lines.includes('       … 5 more lines: show 1a2b3c4d5e6f7081'));
    assert.ok(lines.includes('   why: words 0.61 · meaning 0.22'));
    assert.ok(lines.every((line) => widthOf(line) <= 80));
  });

  it('shows one line more rather than saying that there is one', async () => {
    const view = { maxLines: 3, contextLines: 0 };
    const four = codePattern({ code: 'a\nb\nc\nd' });
    const five = codePattern({ code: 'a\nb\nc\nd\ne' });
    assert.equal((await formatCode(four, view, terminal(80))).length, 4);
    assert.equal((await formatCode(five, view, terminal(80))).length, 4);
    assert.match((await formatCode(five, view, terminal(80)))[3] ?? '', /… 2 more lines: show/);
  });

  it('shows the whole of a pattern: every line, fact and place', async () => {
    assert.ok(RETRY !== undefined && 'code' in RETRY);
    const text = await formatPattern(RETRY, terminal(100));
    for (const line of RETRY.code.split('\n')) assert.ok(text.includes(line), line);
    for (const part of [
      RETRY.id,
      'in 12 places',
      'async, network, retry',
      'lib/http/again.ts:12',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.match(text, /71 % success \(40–92 %\) in 3 ratings, 4\.3 of 5 on average/);
  });

  it('shows the earlier changes of a pattern, its near copies and the tests that mention it', async () => {
    assert.ok(RETRY !== undefined && FIX !== undefined);
    const rowOf = (
      { id, kind, qualifiedName, description }: Pattern,
      date: string | null,
    ): PatternRow => ({
      ...toFound(RETRY),
      ...{ id, kind, qualifiedName, description, date },
    });
    const text = await formatPattern(RETRY, terminal(100), {
      history: { changes: 1, fixes: 1, tests: 2, gone: false },
      changes: [rowOf(FIX, '2025-03-04T00:00:00.000Z')],
      tests: [rowOf({ ...RETRY, id: 'beef000000000000', qualifiedName: 'retries twice' }, null)],
      deviations: [{ path: 'lib/old.ts', range: NO_RANGE, mark: '0123abcd' }],
      variants: [rowOf({ ...RETRY, id: 'cafe000000000000', qualifiedName: 'Net.again' }, null)],
    });
    assert.match(text, /\nPlaces that do it otherwise, for whatever reason\n {2}lib\/old\.ts:8\n/);
    assert.match(text, /\nTested by\n {2}beef000000000000 +function +retries twice {2}/);
    assert.match(text, /history +1 earlier change \(1 fix\) · tested by 2 files/);
    assert.match(text, new RegExp(`\\nEarlier changes\\n {2}${FIX.id} +fix +4 Mar 2025 `));
    assert.match(text, /\nNear copies\n {2}cafe000000000000 +function +Net\.again {2}/);
    const history = { changes: 0, fixes: 0, tests: 0, gone: true };
    const none = { changes: [], tests: [], deviations: [], variants: [] };
    const gone = await formatPattern(RETRY, terminal(100), { history, ...none });
    assert.doesNotMatch(gone, /^found /m);
    assert.match(gone, /history +no longer in the code/);
  });

  it('shows a change as a diff with its message', async () => {
    assert.ok(FIX !== undefined);
    const text = await formatPattern(FIX, terminal(100));
    assert.match(text, /\n {2}- {3}for \(const item of items\) \{\n/);
    assert.match(text, /\n {2}\+ {3}for \(const item of items \?\? \[\]\) \{\n/);
    assert.match(text, /\n {4}Fixes #12\n/);
    assert.match(text, /confidence +93 %/);
    assert.doesNotMatch(text, /^found /m, 'a change was made, and is found nowhere');
  });

  it('lists a change where its code is now, and says how many of a group are cut off', () => {
    assert.ok(FIX !== undefined);
    const start = { line: 119, character: 0 };
    const lessons = [
      { ...toFlat(FIX), group: 'shop', now: { path: 'lib/now.ts', range: { start, end: start } } },
      { ...toFlat(FIX), group: GONE_LESSONS },
    ];
    const groups = [
      { value: 'shop', title: 'shop: / · 2024', count: 7 },
      { value: GONE_LESSONS, count: 1 },
    ];
    const text = formatPatternList(lessons, terminal(160), groups).join('\n');
    assert.match(text, /\nshop: various places · 2024 \(1 of 7\)\n.* lib\/now\.ts:120\n/);
    const path = FIX.provenance.path ?? '';
    assert.match(text, /\nno longer in the code \(1\)\n/);
    assert.ok(text.endsWith(` ${path}`), 'the line of the commit is not that of today');
  });

  it('shows an added function as added lines', async () => {
    const added = changePattern({ before: '', after: 'a()\nb()' });
    const lines = await formatCode(added, { maxLines: 9, contextLines: 2 }, terminal(80));
    assert.deepEqual(lines, ['  + a()', '  + b()']);
  });

  it('shows a pattern without any provenance', async () => {
    const bare = codePattern({
      provenance: NOWHERE,
      occurrences: [NOWHERE],
      language: null,
      signature: null,
      tags: [],
      state: 'quarantined',
      pack: 'team',
    });
    const text = await formatPattern(bare, terminal(80));
    assert.match(text, /state +quarantined\npack +team\n/);
    assert.doesNotMatch(text, /null|undefined/);
    assert.match(text, / {2}1 │ export/);
  });

  for (const columns of [40, 80, 120]) {
    it(`lists patterns within ${columns} columns or the least that says something`, () => {
      const long = codePattern({ name: 'x'.repeat(90), language: 'javascript' });
      const lines = formatPatternList([...PATTERNS, long].map(toFlat), terminal(columns));
      assert.ok(lines.every((line) => widthOf(line) <= Math.max(columns, 70)));
    });
  }
});

describe('text that goes to another program', () => {
  it('is cut nowhere', () => {
    const pipe = { style: PLAIN, columns: 120, tableColumns: Infinity };
    const long = 'x'.repeat(300);
    const provenance = { ...codePattern().provenance, path: long };
    const pattern = codePattern({ name: long, provenance });
    const fix = changePattern({ description: long, provenance });
    for (const text of [
      formatPatternList([toFlat(pattern)], pipe).join('\n'),
      formatHistory([{ ...COMMITS[0], subject: long } as CommitReport], pipe),
      formatSummary({ ...SUMMARY, reusable: [pattern], lessons: [fix] }, pipe),
    ]) {
      assert.ok(text.includes(long));
      assert.ok(!text.includes('…'));
    }
  });
});

describe('the summary of a run', () => {
  for (const columns of [80, 120]) {
    it(`keeps within ${columns} columns and says everything`, () => {
      const text = formatSummary(
        { ...SUMMARY, notes: ['the clone is shallow'] },
        terminal(columns),
      );
      assert.ok(text.split('\n').every((line) => widthOf(line) <= columns));
      for (const part of [
        '1,293 patterns of shop in 1 min 12 s',
        'typescript',
        'retryWithBackoff: Retries work with growing pauses',
        'Fix the total of a cart without items',
        '8 generated · 4 too large · 1 notebooks',
        '800 that fix',
        '90 are not listed: changes are told',
        'with broken syntax',
        'in lib/a.ts, lib/b.ts, lib/c.ts and 1 more file',
        '2 secrets replaced',
        SUMMARY.library,
        'npx pattern-foundry search "retry with backoff"',
        'note: the clone is shallow',
      ]) {
        assert.ok(text.includes(part), part);
      }
    });
  }

  it('takes two lines when nothing changed', () => {
    const text = formatSummary(
      {
        ...SUMMARY,
        files: { seen: 523, parsed: 0, unchanged: 510, skipped: {} },
        commits: { ...SUMMARY.commits, seen: 0, pairs: 0 },
        embedded: 0,
        durationMs: { list: 300 },
      },
      terminal(80),
    );
    assert.equal(
      text,
      'Nothing changed in shop since the last run: 1,293 patterns of 510 files (300 ms).\n' +
        `Library: ${SUMMARY.library}`,
    );
  });

  it('says where nothing was found', () => {
    const nothing = { ...SUMMARY, patterns: {}, languages: {}, reusable: [], lessons: [] };
    assert.match(formatSummary(nothing, terminal(80)), /^0 patterns of shop/);
  });

  it('sums up languages past the eighth', () => {
    const languages = Object.fromEntries(LANGUAGES.map((language, at) => [language, at + 1]));
    assert.match(formatSummary({ ...SUMMARY, languages }, terminal(80)), /5 more +15\n/);
  });
});

describe('the history as text', () => {
  it('says type, confidence and evidence of each commit, and counts them', () => {
    const lines = formatHistory(COMMITS, terminal(80)).split('\n');
    assert.deepEqual(lines, [
      'commit      type   sure  pairs  subject',
      '1234567890  fix    93 %      1  Fix the total of a cart without items',
      '            leading verb "fix", closes #12, tests changed, reverted by',
      '            fedcba9876',
      'abcdef7890  other  10 %      0  Release 2.0',
      '            release',
      '',
      '2 commits: 1 fix, 0 feature, 1 other',
    ]);
  });
});

function toFlat(pattern: Pattern): FlatPattern {
  return { ...pattern, history: NO_HISTORY };
}
