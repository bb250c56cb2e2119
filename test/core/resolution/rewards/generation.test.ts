import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FilePatch } from '../../../../src/core/model/trial/patch.ts';
import { diffFile } from '../../../../src/core/platform/text/patch.ts';
import {
  coverageOfChange,
  editSimilarity,
  passRate,
  textSimilarity,
} from '../../../../src/core/resolution/rewards/generation.ts';

function changed(before: string, after: string, path = 'f.py'): FilePatch {
  const patch = diffFile(path, before, after);
  assert.ok(patch !== undefined);
  return patch;
}

const text = fc
  .array(fc.constantFrom('a', 'b', 'return a', 'if b:'), { maxLength: 12 })
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

const counts = fc
  .array(fc.tuple(fc.constantFrom('if', 'call', 'name:a', 'name:b'), fc.nat(3)))
  .map((entries) => new Map(entries));

describe('rewards of a generation', () => {
  it('are 1 for what resolves an issue, and 0 where no test of it passes', () => {
    const tests = { failToPass: ['new', 'newer'], passToPass: ['old', 'older'] };
    assert.equal(passRate(tests, new Set(['new', 'newer', 'old', 'older'])), 1);
    assert.equal(passRate(tests, new Set(['old', 'older'])), 0);
    assert.equal(passRate(tests, new Set(['new', 'old'])), 0.25);
    assert.equal(passRate({ failToPass: ['new'], passToPass: [] }, new Set(['new'])), 1);
    assert.equal(passRate({ failToPass: [], passToPass: ['old'] }, new Set(['old'])), undefined);
  });

  it('compare the lines that change and not those around them', () => {
    const context = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('');
    const one = changed(`${context}xxxx\n`, `${context}yyyy\n`);
    const other = changed(`pppp\n${context}`, `qqqq\n${context}`);
    // What is left alike are the marks and the line feed between them.
    assert.equal(textSimilarity([one], [other]), 3 / 11);
    assert.equal(textSimilarity([one], [one]), 1);
    assert.equal(textSimilarity([one], []), 0);
    assert.equal(textSimilarity([], []), 1);
  });

  it('are nothing for the same line in another file, and a part for one file of two', () => {
    const one = changed('price = 1\n', 'price = 2\n');
    const elsewhere = changed('price = 1\n', 'price = 2\n', 'other.py');
    assert.equal(textSimilarity([one], [elsewhere]), 0);
    assert.equal(textSimilarity([one], [one, elsewhere]), 0.5);
  });

  it('do not depend on the order of files, nor on who is compared with whom', () => {
    fc.assert(
      fc.property(text, text, text, (before, a, b) => {
        const [one, other] = [changed(before, a), changed(before, b, 'g.py')];
        const likeness = textSimilarity([one, other], [one]);
        assert.equal(textSimilarity([one], [other, one]), likeness);
        assert.ok(likeness >= 0 && likeness <= 1);
        assert.equal(textSimilarity([one, other], [other, one]), 1);
      }),
    );
  });

  it('compare changes of a tree and not the tree', () => {
    const before = new Map([['call', 9]]);
    const one = new Map([['call', 9], ['if', 1], ['name:a', 1]]); // prettier-ignore
    const other = new Map([['call', 8], ['if', 1], ['name:b', 1]]); // prettier-ignore
    assert.equal(editSimilarity([{ before, one, other }]), 2 / 5);
    assert.equal(editSimilarity([{ before, one: before, other }]), 0);
    assert.equal(editSimilarity([{ before, one: before, other: before }]), undefined);
    // One takes out what the other puts in.
    const fewer = new Map([['call', 8]]);
    const more = new Map([['call', 10]]);
    assert.equal(editSimilarity([{ before, one: fewer, other: more }]), 0);
  });

  it('are the same for trees in either order, and 1 for the same change', () => {
    fc.assert(
      fc.property(counts, counts, counts, (before, one, other) => {
        const likeness = editSimilarity([{ before, one, other }]);
        assert.equal(editSimilarity([{ before, one: other, other: one }]), likeness);
        assert.ok(likeness === undefined || (likeness >= 0 && likeness <= 1));
        const same = editSimilarity([{ before, one, other: one }]);
        assert.ok(same === undefined || same === 1);
      }),
    );
  });

  it('count of the lines put in those that tests ran', () => {
    const patch = changed('a\nb\nc\n', 'a\nB1\nB2\nB3\nc\n');
    const report = { covered: new Set([0, 1]), uncovered: new Set([3, 4]) };
    assert.equal(coverageOfChange([patch], new Map([['f.py', report]])), 0.5);
    assert.equal(coverageOfChange([patch], new Map([['g.py', report]])), undefined);
    assert.equal(
      coverageOfChange([changed('a\nb\n', 'b\n')], new Map([['f.py', report]])),
      undefined,
    );
    const added = changed('', 'x\n');
    const all = { covered: new Set([0]), uncovered: new Set<number>() };
    assert.equal(coverageOfChange([added], new Map([['f.py', all]])), 1);
  });
});
