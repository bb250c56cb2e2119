import assert from 'node:assert/strict';
import type { CommitReport } from '../../../../src/core/model/api/jobs.ts';
import { formatCode } from '../../../../src/cli/text/codeText.ts';
import { GONE_LESSONS } from '../../../../src/core/model/api/find.ts';
import type { FlatPattern } from '../../../../src/cli/found.ts';
import { formatHistory } from '../../../../src/cli/text/historyText.ts';
import { formatPatternList } from '../../../../src/cli/text/listText.ts';
import { formatHit, formatPattern, formatShortHit } from '../../../../src/cli/text/patternText.ts';
import { formatSummary } from '../../../../src/cli/text/summaryText.ts';
import { widthOf } from '../../../../src/cli/text/width.ts';
import { NOWHERE, type Pattern } from '../../../../src/core/model/pattern.ts';
import type { PatternRow } from '../../../../src/core/model/patternRow.ts';
import { COMMITS, NO_HISTORY, SUMMARY, toFound } from '../../../support/cli/cliAnswers.ts';
import { PATTERNS, changePattern, codePattern } from '../../../support/cli/cliPatterns.ts';
import { PLAIN, terminal } from '../../../support/cli/terminal.ts';

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
      'alike in 12 places, where names and values may differ',
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

  it('marks what is gone on each row and says once what the mark means', () => {
    assert.ok(RETRY !== undefined);
    const flat = toFlat(RETRY);
    const gone = { ...flat, history: { ...flat.history, gone: true } };
    const lines = formatPatternList([gone, flat, gone], terminal(160));
    assert.deepEqual(
      lines.map((line) => line.includes('(gone)')),
      [false, true, false, true, false, true],
    );
    assert.equal(lines.at(-1), '(gone): no longer in the code');
    assert.ok(!formatPatternList([flat], terminal(160)).some((line) => line.includes('gone')));
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
      formatSummary({ ...SUMMARY, notes: [], reusable: [pattern], lessons: [fix] }, pipe),
    ]) {
      assert.ok(text.includes(long));
      assert.ok(!text.includes('…'));
    }
  });
});

function toFlat(pattern: Pattern): FlatPattern {
  return { ...pattern, history: NO_HISTORY };
}
