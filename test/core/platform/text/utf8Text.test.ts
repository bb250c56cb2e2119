import assert from 'node:assert/strict';
import { utf8Text } from '../../../../src/core/platform/text/utf8Text.ts';

describe('text of UTF-8', () => {
  it('is read without its byte order mark', () => {
    assert.equal(utf8Text(Buffer.from('\ufeff# Größe\r\n')), '# Größe\r\n');
    assert.equal(utf8Text(Buffer.alloc(0)), '');
  });

  it('is not what other encodings wrote, which would be lost when it is written back', () => {
    assert.equal(utf8Text(Buffer.from('# Größe\n', 'latin1')), undefined);
    assert.equal(utf8Text(Buffer.from('# Rules\n', 'utf16le')), undefined);
    assert.equal(utf8Text(Buffer.from('\ufeff# Rules\n', 'utf16le')), undefined);
  });
});
