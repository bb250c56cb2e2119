import assert from 'node:assert/strict';

import { createCorpus } from '../../../../src/core/extraction/idioms/corpus.ts';
import { deviationsOf } from '../../../../src/core/extraction/idioms/deviations.ts';

const FIRST = 1;
const SECOND = 2;
const OTHER = 3;

/** One long list of statements: places of an idiom, then some that go on otherwise. */
function longList(followed: number, deviating: number) {
  const symbols = [
    ...Array.from({ length: followed }, () => [FIRST, SECOND]),
    ...Array.from({ length: deviating }, () => [FIRST, OTHER, OTHER, OTHER, OTHER]),
  ].flat();
  const statements = symbols.flatMap((symbol, at) => [
    at * 10,
    at * 10 + 9,
    symbol,
    symbol,
    symbol,
  ]);
  const read = { lengths: [symbols.length], statements, tokens: [], tests: [], lineStarts: [0] };
  const corpus = createCorpus([{ path: 'a.py', isTest: false, statements: read }], false);
  const places = Int32Array.from({ length: followed }, (_, at) => at * 2);
  return { corpus, run: { level: 0, length: 2, places } };
}

/** The same numbers, each look at one of which is counted. */
function counted(numbers: Int32Array): {
  readonly numbers: Int32Array;
  readonly looks: () => number;
} {
  let looks = 0;
  const proxy = new Proxy(numbers, {
    get(target, key) {
      looks += 1;
      return Reflect.get(target, key) as unknown;
    },
  });
  return { numbers: proxy, looks: () => looks };
}

describe('deviations from an idiom', () => {
  it('are looked for among the next few statements alone, however long the file is', () => {
    const { corpus, run } = longList(1000, 500);
    const files = counted(corpus.files);
    assert.equal(deviationsOf({ ...corpus, files: files.numbers }, run).length, 500);
    assert.ok(files.looks() < 20 * 500, `${String(files.looks())} looks`);
  });

  it('are not looked for any further where too many places go on otherwise', () => {
    const { corpus, run } = longList(100, 4000);
    const files = counted(corpus.files);
    assert.deepEqual(deviationsOf({ ...corpus, files: files.numbers }, run), []);
    assert.ok(files.looks() < 20 * 100, `${String(files.looks())} looks`);
  });
});
