import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openGit } from '../../../../src/core/sources/git/repository.ts';
import {
  type Listing,
  listFiles,
  type ListOptions,
} from '../../../../src/core/sources/files/listing.ts';
import {
  openSourceTexts,
  type SourceTextOptions,
} from '../../../../src/core/sources/sourceText.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const LATER = Date.now() + 60_000;

describe('workspace', () => {
  let folders: TemporaryFolder[] = [];
  const create = (files: Record<string, string | Buffer>): TemporaryFolder => {
    const folder = createTemporaryFolder(files);
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const folder of folders) folder.remove();
    folders = [];
  });

  it('lists code and counts the other files by reason', async () => {
    const { path } = create({
      'b.py': 'x = 1\n',
      'a/b/c.ts': '',
      'notes.md': '',
      'logo.png': '',
      'study.ipynb': '{}',
      'app.min.js': '',
      'api.pb.go': '',
      'x_pb2.py': '',
      'Form.Designer.cs': '',
      'third_party/z.go': '',
      'lib/vendor/y.rb': '',
      'static/jquery-3.7.1.js': '',
      'big.js': 'x'.repeat(1_001),
      'legacy/old.py': '',
      'Main.kt': '',
    });
    const listing = await list(path, {
      exclude: ['legacy/**'],
      languages: ['python', 'typescript', 'javascript'],
    });
    assert.deepEqual(paths(listing), ['a/b/c.ts', 'b.py']);
    assert.deepEqual(listing.skipped, {
      unsupported: 1,
      binary: 1,
      notebook: 1,
      minified: 1,
      generated: 3,
      vendored: 3,
      'too-large': 1,
      excluded: 2,
    });
  });

  it('follows nested ignore files outside git and leaves the folders of tools out', async () => {
    const { path } = create({
      '.gitignore': '*.tmp.py\n/private/\n!keep.tmp.py\n',
      'a.py': '',
      'b.tmp.py': '',
      'keep.tmp.py': '',
      'private/c.py': '',
      'sub/private/d.py': '',
      'sub/.gitignore': '!*.tmp.py\nlocal.py\n',
      'sub/e.tmp.py': '',
      'sub/local.py': '',
      'local.py': '',
      'node_modules/f/index.js': '',
      'sub/dist/g.js': '',
      '.venv/lib/h.py': '',
    });
    assert.deepEqual(paths(await list(path)), [
      'a.py',
      'keep.tmp.py',
      'local.py',
      'sub/e.tmp.py',
      'sub/private/d.py',
    ]);
  });

  it('asks git where there is a repository: tracked files and those not ignored', async () => {
    const folder = create({
      '.gitignore': 'out/\n*.log.py\n',
      'tracked.py': '',
      'out/tracked.py': '',
      'out/ignored.py': '',
      'dist/untracked.py': '',
      'x.log.py': '',
      'gone.py': '',
      'größe/ü.py': '',
      'sub/.gitignore': 'no.py',
      'sub/no.py': '',
      'sub/yes.py': '',
    });
    folder.git('init', '-q');
    folder.git('add', '-f', 'tracked.py', 'out/tracked.py', 'gone.py');
    renameSync(join(folder.path, 'gone.py'), join(folder.path, 'gone.md'));
    assert.deepEqual(paths(await listGit(folder.path)), [
      'dist/untracked.py',
      'größe/ü.py',
      'out/tracked.py',
      'sub/yes.py',
      'tracked.py',
    ]);
  });

  it('lists the opened subfolder of a repository with paths from its top', async () => {
    const folder = create({ 'a.py': '', 'sub/b.py': '' });
    folder.git('init', '-q');
    assert.deepEqual(paths(await listGit(folder.path, 'sub')), ['sub/b.py']);
  });

  it('excludes by globs in any form of Unicode, folders with all that is in them', async () => {
    const { path } = create({
      ['größe_a.py'.normalize('NFC')]: '',
      ['größe_b.py'.normalize('NFD')]: '',
      'old/deep/a.py': '',
      'past/a.py': '',
      'now/old.py': '',
      'now/a.test.ts': '',
      '.hidden/a.test.ts': '',
    });
    const listing = await list(path, { exclude: ['größe*', 'old', './past/', '**/*.test.ts'] });
    assert.deepEqual(paths(listing), ['now/old.py']);
    assert.deepEqual(listing.skipped, { excluded: 6 });
  });

  it('matches globs, ignore rules and attributes in linear time', async () => {
    const hostile = `${'*a'.repeat(60)}b`;
    const name = `${'a'.repeat(200)}.py`;
    const { path } = create({
      '.gitignore': `${hostile}\n`,
      '.gitattributes': `${hostile} linguist-generated\n`,
      [`${'a/'.repeat(40)}${name}`]: '',
      [name]: '',
    });
    const exclude = [
      hostile,
      `${'**/a/'.repeat(60)}b`,
      '+(a|aa|*a)'.repeat(20),
      '{a,b}'.repeat(12),
    ];
    assert.equal(paths(await list(path, { exclude })).length, 2);
  });

  it('reads the attributes git reads: quoted, by macros, of the repository alone', async () => {
    const folder = create({
      '.gitattributes': [
        '[attr]made linguist-generated -diff',
        '"with space/\\303\\274*.js" linguist-generated',
        'macro.js made',
        'back.js linguist-generated',
        'back.js !linguist-generated',
        'folder linguist-generated',
        '# plain.js linguist-generated',
      ].join('\n'),
      'with space/ü1.js': '',
      'macro.js': '',
      'info.js': '',
      'back.js': '',
      'folder/a.js': '',
      'plain.js': '',
      'deep/.gitattributes': 'macro.js -linguist-generated\nb.js made\n',
      'deep/macro.js': '',
      'deep/b.js': '',
    });
    folder.git('init', '-q');
    folder.write({ '.git/info/attributes': 'info.js linguist-generated\n' });
    const listing = await listGit(folder.path);
    const asked = execFileSync(
      'git',
      ['-C', folder.path, 'check-attr', '-z', '--stdin', 'linguist-generated'],
      { input: ['with space/ü1.js', ...paths(listing)].join('\0') },
    );
    assert.match(asked.toString(), /^with space\/ü1\.js\0linguist-generated\0set/);
    assert.equal(asked.toString().match(/\0set/g)?.length, 1);
    assert.deepEqual(paths(listing), ['back.js', 'deep/macro.js', 'folder/a.js', 'plain.js']);
  });

  it('obeys the linguist attributes, those of inner folders first', async () => {
    const { path } = create({
      '.gitattributes':
        'gen/** linguist-generated\n*.py text linguist-vendored=false\nlib/*.py linguist-vendored\n',
      'inner/.gitattributes': 'special.py linguist-generated=true',
      'gen/a.py': '',
      'vendor/kept.py': '',
      'lib/b.py': '',
      'inner/special.py': '',
      'special.py': '',
    });
    const listing = await list(path);
    assert.deepEqual(paths(listing), ['special.py', 'vendor/kept.py']);
    assert.deepEqual(listing.skipped, { unsupported: 2, generated: 2, vendored: 1 });
  });

  it('follows no link and waits for no pipe in the place of attributes', async function () {
    if (process.platform === 'win32') return;
    const outside = create({ rules: '*.py linguist-generated\n' });
    const folder = create({ 'a.py': '', 'sub/b.py': '' });
    symlinkSync(join(outside.path, 'rules'), join(folder.path, '.gitattributes'));
    execFileSync('mkfifo', [join(folder.path, 'sub', '.gitattributes')]);
    assert.deepEqual(paths(await list(folder.path)), ['a.py', 'sub/b.py']);
  });

  it('follows no link, be it a file, a folder, a circle or a tracked folder replaced', async function () {
    if (process.platform === 'win32') return;
    const outside = create({ 'secret.py': '' });
    const folder = create({ 'a.py': '', 'swapped/secret.py': '' });
    symlinkSync(join(outside.path, 'secret.py'), join(folder.path, 'file.py'));
    symlinkSync(outside.path, join(folder.path, 'folder'));
    symlinkSync('.', join(folder.path, 'circle'));
    const walked = await list(folder.path);
    assert.deepEqual(paths(walked), ['a.py', 'swapped/secret.py']);
    assert.equal(walked.skipped['symbolic-link'], 1);

    folder.git('init', '-q');
    folder.git('add', '.');
    renameSync(join(folder.path, 'swapped'), join(folder.path, 'before'));
    symlinkSync(outside.path, join(folder.path, 'swapped'));
    const listed = await listGit(folder.path);
    assert.deepEqual(paths(listed), ['a.py', 'before/secret.py']);
  });

  it('counts what cannot be read and goes on', async function () {
    if (process.getuid?.() === 0 || process.platform === 'win32') {
      // The superuser reads everything: a path that is no folder stands in for a forbidden one.
      const { path } = create({ 'a.py': '' });
      const listing = await list(join(path, 'a.py'));
      assert.deepEqual(listing, { files: [], skipped: { unreadable: 1 }, repositories: [] });
      return;
    }
    const { path } = create({ 'a.py': '', 'closed/b.py': '' });
    chmodSync(join(path, 'closed'), 0);
    const listing = await list(path);
    chmodSync(join(path, 'closed'), 0o700);
    assert.deepEqual(paths(listing), ['a.py']);
    assert.deepEqual(listing.skipped, { unreadable: 1 });
  });

  it('gives a file a new stamp when its bytes change, even with size and time restored', async () => {
    const folder = create({ 'a.py': 'x = 1' });
    const file = join(folder.path, 'a.py');
    const before = await list(folder.path);
    assert.deepEqual((await list(folder.path)).files, before.files);
    const { atime, mtime } = lstatSync(file);
    await new Promise((resolve) => setTimeout(resolve, 30));
    folder.write({ 'a.py': 'x = 2' });
    utimesSync(file, atime, mtime);
    const after = await list(folder.path);
    assert.notEqual(after.files[0]?.stamp, before.files[0]?.stamp);
  });

  it('trusts no stamp of a file as recent as the listing', async () => {
    const { path } = create({ 'a.py': '' });
    const changedAt = lstatSync(join(path, 'a.py')).ctimeMs;
    const racyAt = async (now: number): Promise<boolean | undefined> =>
      (await list(path, { now: () => now })).files[0]?.racy;
    assert.equal(await racyAt(changedAt), true);
    assert.equal(await racyAt(changedAt + 5), true);
    assert.equal(await racyAt(changedAt + 5_000), false);
  });

  it('stops when it is told to', async () => {
    const { path } = create({ 'a.py': '' });
    await assert.rejects(list(path, { signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  it('refuses a folder of more code than one project has, unless it is a repository', async () => {
    const { path } = create({ 'a.py': '', 'b/c.py': '', 'd.txt': '' });
    const refused = { code: 'folder-too-large' };
    assert.equal((await list(path, { mostUnversioned: 2 })).files.length, 2);
    await assert.rejects(list(path, { mostUnversioned: 1 }), refused);
    const crowded = create(
      Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`${at}/a.txt`, ''])),
    );
    await assert.rejects(list(crowded.path, { mostUnversioned: 1 }), refused);
    const git = { lsFiles: () => Promise.resolve([]) };
    assert.deepEqual(paths(await list(crowded.path, { git, mostUnversioned: 1 })), []);
  });

  it('counts repositories and submodules inside, and folders that tools fill', async () => {
    const inner = create({ 'b.py': '' });
    inner.git('init', '-q');
    inner.git('add', '.');
    inner.git('commit', '-q', '-m', 'one');
    const folder = create({ 'a.py': '', 'build/c.py': '', 'node_modules/d/e.js': '' });
    inner.git('clone', '-q', '.', join(folder.path, 'nested'));
    const walked = await list(folder.path);
    assert.deepEqual(paths(walked), ['a.py']);
    assert.deepEqual(walked.skipped, { 'build-folder': 2, 'nested-repository': 1 });
    folder.git('init', '-q');
    const listed = await listGit(folder.path);
    assert.deepEqual(paths(listed), ['a.py', 'build/c.py']);
    assert.deepEqual(listed.skipped, { 'nested-repository': 1, vendored: 1 });
    folder.git('add', 'nested');
    assert.deepEqual((await listGit(folder.path)).skipped, { submodule: 1, vendored: 1 });
  });

  it('counts names that are no UTF-8', async function () {
    if (process.platform !== 'linux') return;
    const folder = create({ 'a.py': '' });
    const name = Buffer.concat([
      Buffer.from(`${folder.path}/caf`),
      Buffer.from([0xe9]),
      Buffer.from('.py'),
    ]);
    writeFileSync(name, '');
    const walked = await list(folder.path);
    folder.git('init', '-q');
    for (const listing of [walked, await listGit(folder.path)]) {
      assert.deepEqual(paths(listing), ['a.py']);
      assert.deepEqual(listing.skipped, { 'name-not-utf-8': 1 });
    }
  });

  it('tells scripts without an extension by what starts them', async () => {
    const { path } = create({
      tool: '#!/usr/bin/env python3\nx = 1\n',
      'bin/serve': '#!/usr/bin/env -S NODE_ENV=test node --harmony\n',
      'bin/deploy': '#!/bin/bash\necho\n',
      'bin/old': '#!/usr/local/bin/ruby2.7\n',
      LICENSE: 'MIT\n',
      'notes.txt': '#!/usr/bin/python\n',
    });
    const listing = await list(path);
    assert.deepEqual(paths(listing), ['bin/old', 'bin/serve', 'tool']);
    assert.deepEqual(listing.skipped, { unsupported: 3 });
  });

  it('lists an empty folder', async () => {
    const { path } = create({});
    mkdirSync(join(path, 'empty'));
    assert.deepEqual(await list(path), { files: [], skipped: {}, repositories: [] });
  });
});

type Options = Partial<ListOptions & SourceTextOptions>;

function list(root: string, options: Options = {}): Promise<Listing> {
  const { attributesFile, exclude = [], languages = [], ...others } = options;
  return listFiles(root, {
    git: undefined,
    texts: openSourceTexts(root, { attributesFile, exclude, languages }),
    maxBytes: 1_000,
    now: () => LATER,
    ...others,
  });
}

async function listGit(root: string, subfolder = ''): Promise<Listing> {
  const git = await openGit(join(root, subfolder));
  return list(root, { git, attributesFile: git?.attributesFile });
}

function paths(listing: Listing): readonly string[] {
  return listing.files.map(({ path }) => path);
}
