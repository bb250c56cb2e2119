import assert from 'node:assert/strict';
import { basename, dirname, join } from 'node:path';
import { openGit } from '../../../src/core/sources/git/repository.ts';
import { identifyProject, type Project } from '../../../src/core/sources/project.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';

describe('project', () => {
  let folders: TemporaryFolder[] = [];
  const create = (files: Record<string, string> = {}): TemporaryFolder => {
    const folder = createTemporaryFolder(files);
    folders.push(folder);
    return folder;
  };
  const identify = async (path: string): Promise<Project> =>
    identifyProject(path, await openGit(path));
  afterEach(() => {
    for (const folder of folders) folder.remove();
    folders = [];
  });

  it('is named by its path without git and without commits', async () => {
    const folder = create();
    const expected = {
      root: folder.path,
      name: basename(folder.path),
      parent: basename(dirname(folder.path)),
      keys: [`dir:${folder.path}`],
      formerKey: undefined,
    };
    assert.deepEqual(await identify(folder.path), expected);
    folder.git('init', '-q');
    assert.deepEqual(await identify(folder.path), expected);
  });

  it('is named by its first commit, then by its remotes, from any subfolder', async () => {
    const folder = create({ 'sub/a.py': '' });
    folder.git('init', '-q');
    folder.git('add', '.');
    folder.git('commit', '-qm', 'one');
    const first = folder.git('rev-parse', 'HEAD');
    folder.git('commit', '-qm', 'two', '--allow-empty');
    folder.git('remote', 'add', 'origin', 'https://me:pass@Git.Example.org:8443/team/tool.git');
    assert.deepEqual(await identify(join(folder.path, 'sub')), {
      root: folder.path,
      name: 'tool',
      parent: 'team',
      keys: [`git:${first}`, 'remote:git.example.org/team/tool'],
      formerKey: `dir:${folder.path}`,
    });
  });

  it('shares a key with its clones, shallow ones by the remote', async () => {
    const origin = create({ 'a.py': '' });
    origin.git('init', '-q');
    origin.git('add', '.');
    origin.git('commit', '-qm', 'one');
    origin.git('commit', '-qm', 'two', '--allow-empty');
    origin.git('remote', 'add', 'origin', 'git@host.example:team/tool.git');
    const clone = create();
    clone.git('clone', '-q', '--depth=1', `file://${origin.path}`, 'shallow');
    clone.git('clone', '-q', origin.path, 'full');
    const shallow = join(clone.path, 'shallow');
    clone.git('-C', 'shallow', 'remote', 'set-url', 'origin', 'ssh://git@host.example/team/tool');
    const { keys } = await identify(origin.path);
    assert.deepEqual((await identify(shallow)).keys, ['remote:host.example/team/tool']);
    assert.deepEqual((await identify(join(clone.path, 'full'))).keys, [keys[0]]);
    assert.ok(keys.includes('remote:host.example/team/tool'));
  });

  it('refuses a folder that is not there', async () => {
    await assert.rejects(identifyProject('/does/not/exist', undefined), {
      name: 'AppError',
      code: 'folder-not-found',
    });
  });
});
