import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readSource, type SourceText } from '../../../../src/core/sources/files/readSource.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

describe('reading a source file', () => {
  const folder = createTemporaryFolder();
  after(() => {
    folder.remove();
  });
  const read = (content: string | Buffer): Promise<SourceText> => {
    folder.write({ file: content });
    return readSource(join(folder.path, 'file'), 100_000);
  };
  const textOf = async (content: string | Buffer): Promise<string> => {
    const source = await read(content);
    return 'text' in source ? source.text : `skipped: ${source.skipped}`;
  };

  it('gives the text with the hash and number of its bytes', async () => {
    const bytes = Buffer.from('größe = 1\r\nx\ry\n');
    assert.deepEqual(await read(bytes), {
      text: 'größe = 1\r\nx\ry\n',
      contentHash: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
    });
  });

  it('reads other encodings and says what is no text', async () => {
    assert.equal(await textOf(Buffer.from('\ufeffü = 1', 'utf16le')), 'ü = 1');
    assert.equal(await textOf(Buffer.from('// größe', 'latin1')), '// größe');
    assert.equal(await textOf(Buffer.from('ab\0cd')), 'skipped: binary');
    assert.equal(await textOf(''), '');
  });

  it('gives text lines where carriage returns alone end them', async () => {
    assert.equal(await textOf('a = 1\rb = 2\r'), 'a = 1\nb = 2\n');
  });

  it('skips the pointer to a large file that is kept elsewhere', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:1f\nsize 12\n';
    assert.equal(await textOf(pointer), 'skipped: lfs-pointer');
  });

  it('skips bundles by the length of their lines', async () => {
    assert.equal(await textOf(`${'f(x);'.repeat(900)}\n`), 'skipped: minified');
    assert.match(await textOf('const x = 1;\n'.repeat(400)), /^const/);
  });

  it('says why a file cannot be read', async () => {
    assert.deepEqual(await readSource(join(folder.path, 'absent'), 10), { skipped: 'unreadable' });
    assert.deepEqual(await readSource(folder.path, 10), { skipped: 'unreadable' });
    folder.write({ large: 'x'.repeat(11) });
    assert.deepEqual(await readSource(join(folder.path, 'large'), 10), { skipped: 'too-large' });
    if (process.platform === 'win32') return;
    symlinkSync('large', join(folder.path, 'link'));
    assert.deepEqual(await readSource(join(folder.path, 'link'), 100), {
      skipped: 'symbolic-link',
    });
  });
});
