import assert from 'node:assert/strict';

import { createMemoryImage } from '../../../../src/core/extraction/parsing/memoryImage.ts';

describe('the image of the parser’s memory', () => {
  /** 64 bytes of which the second 16 are the stack. */
  function open() {
    const HEAPU32 = new Uint32Array(16);
    const memory = { HEAPU16: new Uint16Array(HEAPU32.buffer), HEAPU32 };
    HEAPU32.set([7, 8], 8);
    const image = createMemoryImage(memory, { startIndex: 16, endIndex: 32 });
    image.rest();
    return { words: HEAPU32, image };
  }

  it('takes back what was broken off, but for the stack', () => {
    const { words, image } = open();
    words.fill(9);
    image.spoil();
    image.rest();
    assert.deepEqual([...words.slice(0, 12)], [0, 0, 0, 0, 9, 9, 9, 9, 7, 8, 0, 0]);
    assert.equal(image.restored, 1);
  });

  it('keeps what nothing broke', () => {
    const { words, image } = open();
    words.fill(9);
    image.rest();
    assert.equal(words[8], 9);
    assert.equal(image.restored, 0);
  });

  it('waits until no tree is alive', () => {
    const { words, image } = open();
    image.treeMade();
    words[8] = 9;
    image.spoil();
    image.rest();
    assert.equal(words[8], 9);
    image.treeDeleted();
    image.rest();
    assert.equal(words[8], 7);
  });

  it('never takes back what is loaded', async () => {
    const { words, image } = open();
    await image.loading(() => {
      words[9] = 5;
      image.spoil();
      image.rest();
      return Promise.resolve();
    });
    assert.equal(words[9], 5);
    image.rest();
    words[9] = 6;
    image.spoil();
    image.rest();
    assert.equal(words[9], 5);
  });
});
