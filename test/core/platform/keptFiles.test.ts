import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openKeptFiles } from '../../../src/core/platform/keptFiles.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

describe('values that are kept in files', () => {
  let temporary: TemporaryFolder;
  let folder: string;
  beforeEach(() => {
    temporary = createTemporaryFolder();
    folder = join(temporary.path, 'derived', 'kept');
  });
  afterEach(() => {
    temporary.remove();
  });
  const files = (): readonly string[] => readdirSync(folder).map((name) => join(folder, name));

  it('come back by their key, to another process too', () => {
    const kept = openKeptFiles(folder, 1_000);
    assert.equal(kept.get('a'), undefined);
    kept.set('a', { text: 'ü\n', none: null });
    kept.set('b', [1]);
    assert.deepEqual(openKeptFiles(folder, 1_000).get('a'), { text: 'ü\n', none: null });
    kept.set('a', 2);
    assert.deepEqual([kept.get('a'), kept.get('b')], [2, [1]]);
  });

  it('are made anew where a file is not as it was written', () => {
    const kept = openKeptFiles(folder, 1_000);
    kept.set('a', { text: 'whole' });
    const [file = ''] = files();
    const whole = readFileSync(file);
    for (const damaged of [
      Buffer.alloc(0),
      whole.subarray(0, whole.length - 1),
      Buffer.from(whole.toString().replace('whole', 'other')),
      Buffer.from('{}'),
      Buffer.alloc(200),
    ]) {
      writeFileSync(file, damaged);
      assert.equal(kept.get('a'), undefined);
    }
    kept.set('a', 1);
    assert.equal(kept.get('a'), 1);
  });

  it('take no more room than they may; what was not read for longest goes first', () => {
    const kept = openKeptFiles(folder, 1_000);
    const value = 'x'.repeat(200);
    for (const [at, key] of ['a', 'b', 'c'].entries()) {
      kept.set(key, value);
      for (const file of files()) {
        // Files of one moment have no order.
        if (readFileSync(file).length > 0 && at < 3) utimesSync(file, 1_000 + at, 1_000 + at);
      }
    }
    assert.equal(kept.get('a'), value);
    kept.set('d', value);
    assert.equal(kept.get('a'), value);
    assert.equal(kept.get('d'), value);
    assert.equal(files().length, 3);
  });

  it('are left out where they are larger than all may be, or nothing can be written', () => {
    const kept = openKeptFiles(folder, 100);
    kept.set('a', 'x'.repeat(200));
    assert.equal(kept.get('a'), undefined);
    mkdirSync(join(temporary.path, 'derived'), { recursive: true });
    writeFileSync(folder, 'a file where the folder should be');
    kept.set('b', 1);
    assert.equal(kept.get('b'), undefined);
  });
});
