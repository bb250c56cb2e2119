import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { applyToFolder } from '../../../../src/core/jobs/resolve/applyToFolder.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { ChangedFile, Patch } from '../../../../src/core/model/resolution/patch.ts';
import { makePatch } from '../../../../src/core/resolution/patches/makePatch.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const RUN = '#!/bin/sh\nmake all\nmake check\n';

describe('writing a patch to a folder', () => {
  let folder: TemporaryFolder;
  const at = (path: string): string => join(folder.path, path);
  const rightsOf = (path: string): number => statSync(at(path)).mode & 0o777;
  const patchOf = (...changes: readonly ChangedFile[]): Patch => {
    const patch = makePatch(changes, { origin: { by: 'test', sample: 0 } });
    assert.ok(!('refused' in patch));
    return patch;
  };

  beforeEach(() => {
    folder = createTemporaryFolder({ 'run.sh': RUN, 'a.py': 'x = 1\n' });
    chmodSync(at('run.sh'), 0o775);
  });
  afterEach(() => {
    folder.remove();
  });

  it('leaves a file that it moves its rights', async () => {
    const change = { path: 'bin/run.sh', formerPath: 'run.sh', before: RUN };
    await applyToFolder(folder.path, patchOf({ ...change, after: `${RUN}make clean\n` }));
    assert.equal(rightsOf('bin/run.sh'), 0o775);
    assert.equal(existsSync(at('run.sh')), false);
  });

  it('takes all back where it fails: files with their rights, and folders it made', async () => {
    // The longest name a file may have leaves no room for the file that is written in its place.
    const longest = `${'z'.repeat(252)}.py`;
    const patch = patchOf(
      { path: 'a/new.py', before: null, after: 'y = 1\n' },
      { path: 'run.sh', before: RUN, after: null },
      { path: longest, before: null, after: 'z = 1\n' },
    );
    await assert.rejects(
      applyToFolder(folder.path, patch),
      (error) => error instanceof AppError && error.code === 'patch-refused',
    );
    assert.equal(readFileSync(at('run.sh'), 'utf8'), RUN);
    assert.equal(rightsOf('run.sh'), 0o775);
    assert.equal(existsSync(at('a')), false);
  });

  it('refuses a file below a file, and one in the place of a folder', async () => {
    mkdirSync(at('lib'));
    for (const path of ['a.py/deep.py', 'lib']) {
      await assert.rejects(
        applyToFolder(folder.path, patchOf({ path, before: null, after: 'x = 2\n' })),
        (error) => error instanceof AppError && error.code === 'patch-refused',
      );
    }
    const both = makePatch(
      ['new.py', 'new.py/deep.py'].map((path) => ({ path, before: null, after: 'x = 2\n' })),
      { origin: { by: 'test', sample: 0 } },
    );
    assert.ok('refused' in both);
  });
});
