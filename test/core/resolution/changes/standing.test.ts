import assert from 'node:assert/strict';
import { diffFile } from '../../../../src/core/platform/text/patch.ts';
import { type Standing, standingOf } from '../../../../src/core/resolution/changes/standing.ts';

const BEFORE = 'def total(cart):\n    result = sum(cart)\n    return result\n';
const AFTER =
  'def total(cart):\n    if cart is None:\n        return 0\n    result = sum(cart)\n    return result\n';

function standing(before: string, after: string, now: string): Standing {
  const patch = diffFile('shop.py', before, after);
  assert.ok(patch !== undefined);
  return standingOf(patch, now);
}

describe('how a change stands in the code as it is now', () => {
  it('is told by the lines it put in, wherever they are and however they are indented', () => {
    const now = `# shop\n\n\nclass Shop:\n${AFTER.replace(/^(?=.)/gm, '    ')}`;
    assert.deepEqual(standing(BEFORE, AFTER, now), {
      ...{ standing: 1, back: 0, all: 1 },
      lines: [5, 6],
    });
  });

  it('is nothing where they are gone, and taken back where what they replaced is there again', () => {
    assert.deepEqual(standing(BEFORE, AFTER, 'x = 1\n'), {
      ...{ standing: 0, back: 0, all: 1 },
      lines: [],
    });
    const renamed = BEFORE.replace('sum(cart)', 'sum_of(cart)');
    assert.equal(standing(BEFORE, renamed, renamed).standing, 1);
    assert.equal(standing(BEFORE, renamed, BEFORE).back, 1);
    assert.equal(standing(BEFORE, renamed, BEFORE).standing, 0);
  });

  it('is taken back at one of several places that were changed alike', () => {
    const one = (name: string, call: string): string =>
      `def ${name}(cart):\n    logged()\n    checked()\n    opened()\n    return ${call}\n\n\n`;
    const both = (first: string, second: string): string => one('low', first) + one('high', second);
    const [old, now] = ['sum(cart)', 'sum_of(cart)'];
    const found = standing(both(old, old), both(now, now), both(now, old));
    assert.deepEqual([found.standing, found.back, found.all], [1, 1, 2]);
  });

  it('is told of a whole file that was made anew without comparing each line with each', () => {
    const entries = (year: number): readonly string[] =>
      Array.from({ length: 40_000 }, (_, at) => `an entry of the table of ${year}: ${at}`);
    const [former, own] = [entries(1998), entries(1999)];
    const lines = [...former.map((line) => `-${line}`), ...own.map((line) => `+${line}`)];
    const counts = { oldStart: 1, oldLines: former.length, newStart: 1, newLines: own.length };
    const found = standingOf({ hunks: [{ ...counts, lines }] }, own.join('\n'));
    assert.deepEqual([found.standing, found.lines.length], [1, own.length]);
  });

  it('stands where only lines went, as long as they are not there', () => {
    assert.equal(standing(AFTER, BEFORE, BEFORE).standing, 1);
    assert.equal(standing(AFTER, BEFORE, AFTER).back, 1);
  });
});
