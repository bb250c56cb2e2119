import assert from 'node:assert/strict';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolders } from '../../../src/core/platform/fileSystem.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('making folders', () => {
  const folder = createTemporaryFolder();
  after(() => {
    folder.remove();
  });

  it('makes those around it too, and tells the outermost', () => {
    const outer = join(folder.path, 'a');
    assert.equal(makeFolders(join(outer, 'b', 'c'), 0o700), outer);
    assert.equal(statSync(join(outer, 'b', 'c')).mode & 0o777, 0o700);
    assert.equal(makeFolders(join(outer, 'b', 'c')), undefined, 'all were there');
  });

  it('fails where a file stands in the way', () => {
    writeFileSync(join(folder.path, 'file'), '');
    assert.throws(() => makeFolders(join(folder.path, 'file')), { code: 'EEXIST' });
    assert.throws(() => makeFolders(join(folder.path, 'file', 'b')), { code: /ENOTDIR|EEXIST/ });
  });

  it('fails where a file system makes no folders', function () {
    if (!existsSync('/proc/self')) this.skip();
    assert.throws(() => makeFolders('/proc/nowhere/library'), { code: /ENOENT|EACCES|EPERM/ });
  });
});
