import assert from 'node:assert/strict';
import { LANGUAGES } from '../../../../src/core/model/code.ts';
import { formatHistory } from '../../../../src/cli/text/historyText.ts';
import { formatSummary } from '../../../../src/cli/text/summaryText.ts';
import { widthOf } from '../../../../src/cli/text/width.ts';
import { COMMITS, SUMMARY as RUN } from '../../../support/cli/cliAnswers.ts';
import { terminal } from '../../../support/cli/terminal.ts';

const SUMMARY = { ...RUN, notes: [] };

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
        '90 changes not listed: told with the function they changed',
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

  it('tells what is not listed by its own reason alone', () => {
    const shown = (patterns: Record<string, number>, listed: Record<string, number>): string =>
      formatSummary({ ...SUMMARY, patterns, listed }, terminal(120));
    const change = shown({ function: 3, fix: 2 }, { function: 3, fix: 1 });
    assert.match(change, / 1 change not listed: told with the function it changed\n/);
    assert.doesNotMatch(change, /fewer than/);
    const idioms = shown({ function: 3, idiom: 7 }, { function: 3, idiom: 5 });
    assert.match(idioms, / 2 idioms not listed: in fewer than 5 places\n/);
    assert.doesNotMatch(idioms, /change not listed|changes not listed/);
  });

  it('proposes no half of a sentence as a search', () => {
    const [pattern] = RUN.reusable;
    assert.ok(pattern);
    const proposed = (description: string): string | undefined => {
      const reusable = [{ ...pattern, qualifiedName: 'Disk.freeSpace', description }];
      return /search "(.*)"/.exec(formatSummary({ ...SUMMARY, reusable }, terminal(80)))?.[1];
    };
    assert.equal(proposed('By file name; the rest may follow.'), 'disk free space');
    assert.equal(proposed('Waits for a disk, twice as long each time.'), 'disk free space');
    assert.equal(proposed('Waits for a disk. Never longer.'), 'waits for a disk');
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
