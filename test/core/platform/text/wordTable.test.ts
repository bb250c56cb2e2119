import assert from 'node:assert/strict';
import {
  createWordTable,
  HASH_START,
  hashStep,
} from '../../../../src/core/platform/text/wordTable.ts';

function hashOf(word: string): number {
  let hash = HASH_START;
  for (let at = 0; at < word.length; at += 1) hash = hashStep(hash, word.charCodeAt(at));
  return hash;
}

describe('a table of words', () => {
  it('finds thousands of words again within other texts', () => {
    const table = createWordTable();
    const words = Array.from({ length: 10_000 }, (_, at) => `word${at.toString(36)}`);
    assert.deepEqual(
      words.map((word) => table.add(word)),
      [...words.keys()],
    );
    assert.equal(table.size, words.length);
    let start = 0;
    const text = words.join(' ');
    for (const [number, word] of words.entries()) {
      assert.equal(table.find(text, start, start + word.length, hashOf(word)), number);
      start += word.length + 1;
    }
  });

  it('tells words of one hash from another, and knows none after it was cleared', () => {
    const table = createWordTable();
    table.add('some');
    assert.equal(table.find('same', 0, 4, hashOf('some')), -1);
    assert.equal(table.find('some', 0, 4, hashOf('some')), 0);
    table.clear();
    assert.deepEqual([table.size, table.find('some', 0, 4, hashOf('some'))], [0, -1]);
  });
});
