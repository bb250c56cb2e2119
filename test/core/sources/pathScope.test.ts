import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { openGit } from '../../../src/core/sources/git/repository.ts';
import { toPathScope } from '../../../src/core/sources/pathScope.ts';
import { listFiles } from '../../../src/core/sources/files/listing.ts';
import { openSourceTexts } from '../../../src/core/sources/sourceText.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

describe('the part of a project a run is about', () => {
  let folder: TemporaryFolder;
  beforeEach(() => {
    folder = createTemporaryFolder({
      '.gitignore': 'out/\n*.gen.py\n',
      '.gitattributes': 'made/** linguist-generated\n',
      'a.py': '',
      'b.py': '',
      'c.gen.py': '',
      'big.py': 'x'.repeat(2_000),
      'made/d.py': '',
      'out/e.py': '',
      'node_modules/f/g.py': '',
      'sub/.gitignore': 'local.py\n',
      'sub/h.py': '',
      'sub/local.py': '',
      'sub/deep/i.py': '',
    });
  });
  afterEach(() => {
    folder.remove();
  });

  const everything = [
    'a.py',
    'big.py',
    'c.gen.py',
    'made/d.py',
    'out/e.py',
    'node_modules/f/g.py',
    'sub/h.py',
    'sub/local.py',
    'sub/deep/i.py',
    'gone.py',
  ];
  const list = async (asked: readonly string[], isGit: boolean): Promise<readonly string[]> => {
    const { files } = await listFiles(folder.path, {
      git: isGit ? await openGit(folder.path) : undefined,
      scope: toPathScope('', asked),
      texts: openSourceTexts(folder.path, {
        attributesFile: undefined,
        exclude: [],
        languages: [],
      }),
      maxBytes: 1_000,
      now: () => 0,
    });
    return files.map(({ path }) => path);
  };

  it('holds no file that a full run would leave out, with git and without', async () => {
    const kept = ['a.py', 'sub/deep/i.py', 'sub/h.py'];
    assert.deepEqual(await list(everything, false), kept);
    folder.git('init', '-q');
    assert.deepEqual(await list(everything, true), kept);
  });

  it('takes a folder with all that is in it', async () => {
    assert.deepEqual(await list(['sub', 'sub/h.py'], false), ['sub/deep/i.py', 'sub/h.py']);
    folder.git('init', '-q');
    assert.deepEqual(await list(['sub', 'sub/h.py'], true), ['sub/deep/i.py', 'sub/h.py']);
  });

  it('lists all of a repository where the paths are too many for a command line', async () => {
    folder.git('init', '-q');
    const many = Array.from({ length: 2_000 }, (_, index) => `not/there/${String(index)}.py`);
    assert.deepEqual(await list([...many, 'a.py'], true), ['a.py']);
  });

  it('leaves files behind a link and repositories inside out', async function () {
    if (process.platform === 'win32') return;
    const outside = createTemporaryFolder({ 'secret.py': '' });
    symlinkSync(outside.path, join(folder.path, 'linked'));
    mkdirSync(join(folder.path, 'inner'));
    folder.git('init', '-q', 'inner');
    folder.write({ 'inner/j.py': '' });
    assert.deepEqual(await list(['linked/secret.py'], false), []);
    folder.git('init', '-q');
    assert.deepEqual(await list(['linked/secret.py', 'inner/j.py'], true), []);
    outside.remove();
  });

  it('never leaves the folder, whoever asks', () => {
    const bad = ['../x.py', 'a/../../x.py', '/etc/passwd', 'C:/x.py', '', '.', 'a\0b.py'];
    assert.deepEqual(toPathScope('sub', bad).paths, []);
    const scope = toPathScope('sub', ['./x//y.py', 'z']);
    assert.deepEqual(scope.paths, ['sub/x/y.py', 'sub/z']);
    assert.deepEqual(
      ['sub/x/y.py', 'sub/z/q.py', 'sub/x', 'z', 'sub/zz.py'].map((path) => scope.covers(path)),
      [true, true, false, false, false],
    );
  });
});
