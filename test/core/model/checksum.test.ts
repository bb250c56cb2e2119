import assert from 'node:assert/strict';
import fc from 'fast-check';

import { checksum } from '../../../src/core/model/checksum.ts';

describe('a checksum', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 70 });

  it('tells of any bit that changed', () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.nat(7), (content, at, bit) => {
        const altered = content.slice();
        const index = at % content.length;
        altered[index] = (altered[index] ?? 0) ^ (1 << bit);
        assert.notEqual(checksum(altered), checksum(content));
      }),
    );
  });

  it('tells of bytes cut off or added, zeros too', () => {
    fc.assert(
      fc.property(bytes, (content) => {
        const longer = new Uint8Array(content.length + 1);
        longer.set(content);
        assert.notEqual(checksum(longer), checksum(content));
        assert.notEqual(checksum(content.subarray(0, -1)), checksum(content));
      }),
    );
  });

  it('tells of blocks in another order', () => {
    const [one, two] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
    assert.notEqual(checksum(Buffer.concat([one, two])), checksum(Buffer.concat([two, one])));
  });

  it('is the same wherever the bytes lie in memory', () => {
    fc.assert(
      fc.property(bytes, fc.nat(7), (content, offset) => {
        const memory = new Uint8Array(content.length + 8);
        memory.set(content, offset);
        assert.equal(checksum(memory.subarray(offset, offset + content.length)), checksum(content));
      }),
    );
  });
});
