import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import {
  beginReplacement,
  makePrivate,
  replaceDerivedFile,
} from '../../../src/core/platform/disk.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

const modeOf = (path: string): string => (fs.statSync(path).mode & 0o777).toString(8);

describe('files of derived data', () => {
  const made: TemporaryFolder[] = [];
  const newTemporaryFolder = (): string => {
    const folder = createTemporaryFolder();
    made.push(folder);
    return folder.path;
  };
  afterEach(() => {
    for (const folder of made.splice(0)) folder.remove();
  });

  it('take the place of the former one whole, and only their owner may read them', () => {
    const folder = join(newTemporaryFolder(), 'new');
    const file = join(folder, 'index.bin');
    assert.ok(replaceDerivedFile(file, [Buffer.from('for'), Buffer.from('mer')]));
    assert.ok(replaceDerivedFile(file, [Buffer.from('latter')]));
    assert.equal(fs.readFileSync(file, 'utf8'), 'latter');
    assert.deepEqual(fs.readdirSync(folder), ['index.bin']);
    if (process.platform !== 'win32') {
      assert.deepEqual([modeOf(folder), modeOf(file)], ['700', '600']);
    }
  });

  it('are not written where a folder stands in their place, and leave nothing behind', () => {
    const folder = newTemporaryFolder();
    const file = join(folder, 'index.bin');
    fs.mkdirSync(join(file, 'inside'), { recursive: true });
    assert.equal(replaceDerivedFile(file, [Buffer.from('text')]), false);
    assert.deepEqual(fs.readdirSync(folder), ['index.bin']);
  });

  it('hold what was written and what was appended while the caller went on, in that order', async () => {
    const folder = newTemporaryFolder();
    const file = join(folder, 'index.bin');
    const replacement = beginReplacement(file, 0o600);
    replacement.write(Buffer.from('0 '));
    const pieces = Array.from({ length: 20 }, (_, at) => `${at + 1} `.repeat(1000));
    await Promise.all(pieces.map((piece) => replacement.append(Buffer.from(piece))));
    assert.ok(!fs.existsSync(file));
    replacement.commit();
    assert.equal(fs.readFileSync(file, 'utf8'), `0 ${pieces.join('')}`);
  });

  it('leave the former one when the pieces end by throwing', () => {
    const folder = newTemporaryFolder();
    const file = join(folder, 'index.bin');
    fs.writeFileSync(file, 'former');
    function* pieces(): Iterable<Uint8Array> {
      yield Buffer.from('half');
      throw new Error('no more');
    }
    assert.throws(() => replaceDerivedFile(file, pieces()), /no more/);
    assert.equal(fs.readFileSync(file, 'utf8'), 'former');
    assert.deepEqual(fs.readdirSync(folder), ['index.bin']);
  });

  if (process.platform !== 'win32') {
    it('that others may read become private with all around them, links aside', () => {
      const outside = join(newTemporaryFolder(), 'shared.txt');
      fs.writeFileSync(outside, '');
      fs.chmodSync(outside, 0o644);
      const folder = newTemporaryFolder();
      fs.chmodSync(folder, 0o755);
      fs.mkdirSync(join(folder, 'derived'));
      fs.chmodSync(join(folder, 'derived'), 0o755);
      const file = join(folder, 'derived', 'words.bin');
      fs.writeFileSync(file, '');
      fs.chmodSync(file, 0o664);
      fs.symlinkSync(outside, join(folder, 'derived', 'link'));
      makePrivate(folder);
      const modes = [folder, join(folder, 'derived'), file, outside].map(modeOf);
      assert.deepEqual(modes, ['700', '700', '600', '644']);
    });
  }
});
