import assert from 'node:assert/strict';
import { fitEntries } from '../../../src/core/prompts/fit.ts';
import { joinPrompt, type Entry } from '../../../src/core/prompts/layout.ts';
import { createTokenCounter } from '../../../src/core/prompts/tokens.ts';
import { ASSETS } from '../../support/assets.ts';
import { changePattern, codePattern } from '../../support/cli/cliPatterns.ts';

const count = createTokenCounter(ASSETS);
const contradict = (): boolean => false;

function entry(name: string, code: string): Entry {
  const pattern = codePattern({ name, code, language: 'python' });
  return {
    shown: { pattern, heading: `Does ${name}`, before: undefined, code, withoutComments: false },
    relevance: 0.834,
    uses: 1,
    ratings: 2,
    successRate: { mean: 0.75, low: 0.5, high: 0.9, weight: 3 },
    source: null,
  };
}

const SHORT = entry('first', 'def first(): pass');
const LONG = entry('long', 'x = [1, 2, 3]\n'.repeat(300));
const LAST = entry('last', 'def last(): pass');

describe('a section of patterns', () => {
  it('says of each how it served, how relevant it is and where it is from', () => {
    const { section } = fitEntries([SHORT], { most: 3, budget: 1_000, count, contradict });
    const lines = section.split('\n');
    const at = lines.indexOf('### Pattern #1: Does first');
    assert.deepEqual(lines.slice(at + 1, at + 4), [
      '- **Success Rate**: 75%',
      '- **Used**: 1 time',
      '- **Relevance**: 83%',
    ]);
    assert.match(lines[at + 4] ?? '', /^- \*\*Origin\*\*: `first` · /);
    assert.deepEqual(lines.slice(at + 6, at + 9), ['```python', 'def first(): pass', '```']);
    assert.match(lines[0] ?? '', /^## Relevant Patterns from Past Successes$/);
  });

  it('stays within its budget and names what had no room', () => {
    const fitted = fitEntries([SHORT, LONG, LAST], { most: 3, budget: 500, count, contradict });
    assert.deepEqual(
      fitted.entries.map(({ shown }) => shown.pattern.name),
      ['first', 'last'],
    );
    assert.deepEqual(
      fitted.leftOut.map(({ shown }) => shown.pattern.name),
      ['long'],
    );
    assert.match(fitted.section, /Left out for lack of room: `long`\./);
    assert.equal(fitted.tokens, count(fitted.section));
    assert.ok(fitted.tokens <= 500);
    assert.ok(fitted.entries.every(({ tokens }) => tokens > 20));
  });

  it('has no code twice: a function inside of one that is told, but not of one without room', () => {
    const inner = entry('inner', 'def inner():\n    return 1\n');
    const outer = (lines: number): Entry =>
      entry(
        'outer',
        `def outer():\n    def inner():\n        return 1\n${'    x()\n'.repeat(lines)}`,
      );
    const namesIn = (lines: number): readonly string[] =>
      fitEntries([outer(lines), inner], { most: 3, budget: 500, count, contradict }).entries.map(
        ({ shown }) => shown.pattern.name,
      );
    assert.deepEqual([namesIn(1), namesIn(400)], [['outer'], ['inner']]);
  });

  it('has a change beside what it changed, in either order: both are told', () => {
    const after = 'def first(): pass';
    const pattern = changePattern({ name: 'first', before: 'def first(): return', after });
    const change: Entry = { ...SHORT, shown: { ...SHORT.shown, pattern } };
    for (const both of [
      [SHORT, change],
      [change, SHORT],
    ]) {
      assert.equal(fitEntries(both, { most: 3, budget: 500, count, contradict }).entries.length, 2);
    }
  });

  it('is empty where nothing fits, or nothing is wanted', () => {
    const limits = { most: 3, budget: 100, count, contradict };
    assert.equal(fitEntries([LONG], limits).section, '');
    assert.equal(fitEntries([SHORT], { ...limits, most: 0, budget: 1_000 }).section, '');
    assert.equal(joinPrompt('As it was \n', ''), 'As it was \n');
  });

  it('has no entry that contradicts one it holds; what had no room stands in nobody’s way', () => {
    const namesIn = (entries: readonly Entry[]): readonly string[] =>
      entries.map(({ shown }) => shown.pattern.name);
    const rivals = (...names: readonly string[]) => ({
      ...{ most: 1, budget: 500, count },
      contradict: (one: Entry, other: Entry) =>
        namesIn([one, other]).every((name) => names.includes(name)),
    });
    const all = [LONG, SHORT, LAST];
    const ofLong = fitEntries(all, rivals('long', 'first'));
    assert.deepEqual([namesIn(ofLong.entries), namesIn(ofLong.contradicting)], [['first'], []]);
    const ofFirst = fitEntries(all, rivals('last', 'first'));
    assert.deepEqual(
      [namesIn(ofFirst.entries), namesIn(ofFirst.contradicting)],
      [['first'], ['last']],
    );
  });

  it('stands behind the prompt', () => {
    assert.equal(joinPrompt('Do it.\n\n', '## Patterns'), 'Do it.\n\n## Patterns\n');
    assert.equal(joinPrompt('', '## Patterns'), '## Patterns\n');
  });
});

describe('tokens', () => {
  it('are counted as a language model reads them', () => {
    assert.equal(count(''), 0);
    assert.equal(count('hello world'), 2);
    assert.equal(count('<|endoftext|>') > 1, true);
  });

  it('of long texts are the sum of their lines', () => {
    const line = 'const total = items.reduce((sum, { price }) => sum + price, 0);\n';
    assert.equal(count(line.repeat(100)), 100 * count(line));
  });

  it('of a text without gaps are counted soon', () => {
    assert.ok(count('ab'.repeat(50_000)) > 1_000);
  });
});
