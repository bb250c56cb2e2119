import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../src/core/model/errors.ts';
import { type GitRepository, openGit } from '../../../../src/core/sources/git/repository.ts';
import { MAX_MESSAGE_CHARACTERS } from '../../../../src/core/sources/git/log.ts';
import { collect, open } from '../../../support/projects/gitDoor.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

describe('the git door', () => {
  const made: TestRepository[] = [];
  const repository = (options?: readonly string[]): TestRepository => {
    const created = createRepository(options);
    made.push(created);
    return created;
  };
  after(() => {
    for (const created of made) created.remove();
  });

  it('says nothing about a folder outside a repository', async () => {
    assert.equal(await openGit('/'), undefined);
  });

  it('names a missing folder', async () => {
    await assert.rejects(openGit('/no/such/folder'), (error) => {
      return error instanceof AppError && error.code === 'folder-not-found';
    });
  });

  it('says that git is missing when it is not on the path', async () => {
    const { folder } = repository();
    const path = process.env['PATH'];
    process.env['PATH'] = folder;
    try {
      await assert.rejects(openGit(folder), (error) => {
        return error instanceof AppError && error.code === 'git-missing';
      });
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('opens a repository without commits', async () => {
    const git = await open(repository().folder);
    assert.equal(git.head, undefined);
    assert.deepEqual(await git.rootCommits(), []);
    assert.deepEqual(await git.lsFiles(), []);
  });

  it('lists tracked and untracked files that exist and are not ignored', async () => {
    const { folder, git: run } = repository();
    mkdirSync(join(folder, 'src/deep'), { recursive: true });
    writeFileSync(join(folder, 'src/kept.py'), '');
    writeFileSync(join(folder, 'src/gone.py'), '');
    writeFileSync(join(folder, 'src/fresh ümlaut.py'), '');
    writeFileSync(join(folder, 'src/deep/ignored.log'), '');
    writeFileSync(join(folder, 'src/deep/.gitignore'), '*.log\n');
    symlinkSync('kept.py', join(folder, 'src/link.py'));
    run('add', 'src/kept.py', 'src/gone.py', 'src/link.py');
    run('rm', '--quiet', '--cached', 'src/gone.py');
    run('add', 'src/gone.py');
    const git = await open(folder);
    assert.deepEqual(await pathsOf(git), [
      ['src/deep/.gitignore', undefined],
      ['src/fresh ümlaut.py', undefined],
      ['src/gone.py', '100644'],
      ['src/kept.py', '100644'],
      ['src/link.py', '120000'],
    ]);
    run('commit', '--quiet', '--message=all');
    run('rm', '--quiet', 'src/gone.py');
    run('reset', '--quiet');
    assert.ok(!(await pathsOf(git)).some(([path]) => path === 'src/gone.py'));
    assert.deepEqual(
      (await git.lsFiles(['src/deep'])).map(({ path }) => path),
      ['src/deep/.gitignore'],
    );
  });

  it('names a submodule by its mode and a repository inside by a slash', async () => {
    const inner = repository();
    inner.commit([{ message: 'one', files: { 'a.py': 'a = 1\n' } }]);
    const { folder, git: run } = repository();
    run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.folder, 'sub');
    mkdirSync(join(folder, 'nested'));
    run('init', '--quiet', 'nested');
    writeFileSync(join(folder, 'nested/b.py'), '');
    const git = await open(folder);
    assert.deepEqual(await pathsOf(git), [
      ['.gitmodules', '100644'],
      ['nested/', undefined],
      ['sub', '160000'],
    ]);
    const submodule = await open(join(folder, 'sub'));
    assert.deepEqual([submodule.topLevel, submodule.isBare], [join(folder, 'sub'), false]);
  });

  it('reads commits with renames, odd names, several lines and merges', async () => {
    const { folder, commit, git: run } = repository();
    const text = 'one\ntwo\nthree\nfour\nfive\n';
    const [first = ''] = commit([
      { message: 'first', files: { 'a "b"\tc.py': text, 'z.py': 'z\n' } },
    ]);
    const [second = ''] = commit([
      {
        message: 'second: moves\n\nbecause — of\nthis',
        files: { 'a "b"\tc.py': null, 'dir/é.py': `${text}six\n`, 'z.py': null },
        author: 'bob@example.com',
        dateSeconds: 1_700_100_000,
      },
    ]);
    run('branch', 'side', first);
    const [side = ''] = commit([{ message: 'side', files: { 's.py': 's\n' } }], 'side');
    run('reset', '--hard', '--quiet');
    run('merge', '--quiet', '--no-edit', 'side');
    const git = await open(folder);
    const commits = await collect(git.log({ head: git.head ?? '' }));
    assert.deepEqual(
      commits.map(({ commit: id, parents }) => [id, parents.length]).sort(),
      [
        [git.head, 2],
        [second, 1],
        [side, 1],
        [first, 0],
      ].sort(),
    );
    const moved = commits.find(({ commit: id }) => id === second);
    assert.ok(moved !== undefined);
    assert.deepEqual(
      [moved.author, moved.dateSeconds, moved.message],
      ['bob@example.com', 1_700_100_000, 'second: moves\n\nbecause — of\nthis'],
    );
    assert.deepEqual(
      moved.entries.map(({ status, path, previousPath }) => [status, path, previousPath]),
      [
        ['R', 'dir/é.py', 'a "b"\tc.py'],
        ['D', 'z.py', 'z.py'],
      ],
    );
    assert.deepEqual(commits.find(({ commit: id }) => id === git.head)?.entries, []);
    assert.equal(await git.countCommits({ head: second, excluding: [first] }), 1);
    assert.equal(await git.countCommits({ head: second, sinceSeconds: 1_700_090_000 }), 1);
    assert.deepEqual(await git.rootCommits(), [first]);
    assert.deepEqual(await git.existing(['f'.repeat(40), first]), [first]);
    assert.deepEqual(
      [await git.isAncestor(first, second), await git.isAncestor(second, first)],
      [true, false],
    );
  });

  it('lists names of about one length, each once, and no more of them than wanted', async () => {
    const { folder, commit, git: run } = repository();
    const files = {
      'a.py': 'lend_book = lend_book + my_books\n',
      'b.txt': 'A lend_bock, unlend_book',
    };
    commit([{ message: 'one', files }]);
    run('reset', '--hard', '--quiet');
    writeFileSync(join(folder, 'new.py'), 'new_books = 1\n');
    const git = await open(folder);
    const names = await git.namesOfLength(8, 9, 10);
    const expected = ['lend_bock', 'lend_book', 'my_books', 'new_books'];
    assert.deepEqual([...names].toSorted(), expected);
    assert.equal((await git.namesOfLength(8, 9, 2)).size, 2);
    assert.equal((await git.namesOfLength(30, 31, 2)).size, 0);
  });

  it('restricts history to the opened folder', async () => {
    const { folder, commit, git: run } = repository();
    commit([
      { message: 'inside', files: { 'in/a.py': 'a\n' } },
      { message: 'outside', files: { 'out/b.py': 'b\n' } },
    ]);
    run('reset', '--hard', '--quiet');
    const git = await open(join(folder, 'in'));
    assert.deepEqual([git.topLevel, git.subfolder], [folder, 'in']);
    const commits = await collect(git.log({ head: git.head ?? '' }));
    assert.deepEqual(
      commits.map(({ message }) => message),
      ['inside'],
    );
    assert.equal(await git.countCommits({ head: git.head ?? '' }), 1);
  });

  it('answers many blob questions in order and keeps no large blob', async () => {
    const { folder, commit } = repository();
    const large = 'x'.repeat(300_000);
    commit([{ message: 'files', files: { 'a.py': 'a\n', 'large.py': large, 'empty.py': '' } }]);
    const git = await open(folder);
    const [only] = await collect(git.log({ head: git.head ?? '' }));
    const blobs = new Map(only?.entries.map(({ path, newBlob }) => [path, newBlob]));
    const reader = git.openBlobs(100_000);
    const ask = ['a.py', 'large.py', 'none', 'empty.py', 'a.py'].map(
      (path) => blobs.get(path) ?? 'f'.repeat(40),
    );
    const answers = await Promise.all(ask.map((id) => reader.read(id)));
    await reader.close();
    assert.deepEqual(
      answers.map((answer) => (typeof answer === 'string' ? answer : answer.toString())),
      ['a\n', 'oversized', 'absent', '', 'a\n'],
    );
    await assert.rejects(reader.read(ask[0] ?? ''));
  });

  it('knows bare, shallow and partial clones and work trees', async () => {
    const origin = repository();
    const ids = origin.commit([
      { message: 'one', files: { 'a.py': 'a = 1\n' } },
      { message: 'two', files: { 'a.py': 'a = 2\n' } },
    ]);
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clones = repository();
    const clone = async (name: string, ...options: string[]): Promise<GitRepository> => {
      clones.git('clone', '--quiet', ...options, `file://${origin.folder}`, name);
      return open(join(clones.folder, name));
    };
    const bare = await clone('bare', '--bare');
    assert.deepEqual([bare.isBare, bare.head, await bare.lsFiles()], [true, ids[1], []]);
    assert.equal((await collect(bare.log({ head: bare.head ?? '' }))).length, 2);
    const shallow = await clone('shallow', '--depth=1');
    assert.deepEqual([shallow.isShallow, await shallow.rootCommits()], [true, []]);
    const partial = await clone('partial', '--filter=blob:none');
    assert.equal(partial.isPartial, true);
    assert.equal((await partial.presentBlobs()).size, 1);
    origin.git('worktree', 'add', '--quiet', join(clones.folder, 'tree'), 'main~1');
    const tree = await open(join(clones.folder, 'tree'));
    assert.deepEqual([tree.isBare, tree.head, tree.isPartial], [false, ids[0], false]);
    assert.equal((await tree.reachableCommits()).size, 2);
  });

  it('finds what was committed since a date behind a newer commit with an older date', async () => {
    const { folder, commit } = repository();
    const file = (text: string): Record<string, string> => ({ 'a.py': `${text}\n` });
    commit([
      { message: 'before', files: file('1'), dateSeconds: 1_600_000_000 },
      { message: 'since', files: file('2'), dateSeconds: 1_700_000_000 },
      { message: 'wrong clock', files: file('3'), dateSeconds: 900_000_000 },
    ]);
    const since = async (): Promise<unknown> => {
      const git = await open(folder);
      const range = { head: git.head ?? '', sinceSeconds: 1_650_000_000 };
      const messages = (await collect(git.log(range))).map(({ message }) => message);
      return [messages, await git.countCommits(range)];
    };
    assert.deepEqual(await since(), [['since'], 1]);
    if (process.platform === 'win32') return;
    // Before 2.37 git cannot filter by date and go on.
    const path = process.env['PATH'] ?? '';
    const old = repository().folder;
    writeFileSync(
      join(old, 'git'),
      `#!/bin/sh\nfor word; do case "$word" in\n` +
        `version) echo git version 2.25.1; exit;;\n--since-as-filter*) exit 129;;\nesac; done\n` +
        `PATH='${path}' exec git "$@"\n`,
    );
    chmodSync(join(old, 'git'), 0o755);
    process.env['PATH'] = `${old}:${path}`;
    try {
      assert.deepEqual(await since(), [['since'], undefined]);
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('takes the date of the commit where that of its author is none', async () => {
    const { folder, git: run } = repository();
    const tree = run('write-tree');
    const draft = (author: string, committer: string): string => {
      const file = join(folder, 'draft');
      const lines = [`tree ${tree}`, `author A <a@b> ${author} +0000`];
      writeFileSync(file, [...lines, `committer A <a@b> ${committer} +0000`, '', 'm'].join('\n'));
      return run('hash-object', '-t', 'commit', '-w', '--literally', file);
    };
    const dateOf = async (id: string): Promise<number | undefined> => {
      run('update-ref', 'refs/heads/main', id);
      const git = await open(folder);
      return (await collect(git.log({ head: id })))[0]?.dateSeconds;
    };
    assert.equal(await dateOf(draft('99999999999999999', '1700000000')), 1_700_000_000);
    assert.equal(await dateOf(draft('1700000001', '99999999999999')), 1_700_000_001);
    assert.equal(await dateOf(draft('253402300800', '18446744073709551615')), 0);
  });

  it('cuts messages at a bound', async () => {
    const { folder, commit } = repository();
    commit([{ message: `long ${'ä'.repeat(1_000_000)}`, files: { 'a.py': 'a\n' } }]);
    const git = await open(folder);
    const [only] = await collect(git.log({ head: git.head ?? '' }));
    assert.equal(only?.message.length, MAX_MESSAGE_CHARACTERS);
    assert.equal(only.entries.length, 1);
  });

  it('ends lines of messages alike, whatever ended them', async () => {
    const { folder, commit } = repository();
    commit([{ message: 'fix: ends\r\n\r\nas on Windows\rand before', files: { 'a.py': 'a\n' } }]);
    const git = await open(folder);
    const [only] = await collect(git.log({ head: git.head ?? '' }));
    assert.equal(only?.message, 'fix: ends\n\nas on Windows\nand before');
  });

  it('lists the files of a revision below the opened folder, without folders and submodules', async () => {
    const { folder, commit, git } = repository();
    const [first = ''] = commit([
      { message: 'one', files: { 'a/x.py': 'x = 1\n', 'b/ü y.py': 'y = 1\n' } },
      { message: 'two', files: { 'a/x.py': null } },
    ]);
    git('tag', 'v1', first);
    git('reset', '--hard', 'main');
    const top = await openGit(folder);
    const there = await top?.tree('v1');
    assert.equal(there?.commit, first);
    assert.deepEqual(
      there.files.map(({ path, mode }) => [path, mode]),
      [
        ['a/x.py', '100644'],
        ['b/ü y.py', '100644'],
      ],
    );
    assert.equal(there.files[0]?.blob, git('rev-parse', 'v1:a/x.py'));
    const below = await openGit(join(folder, 'b'));
    assert.deepEqual(
      (await below?.tree('v1'))?.files.map(({ path }) => path),
      ['b/ü y.py'],
    );
    for (const missing of ['v2', '--all', 'v1:a/x.py', '']) {
      assert.equal(await top?.tree(missing), undefined);
    }
  });
});

async function pathsOf(git: GitRepository): Promise<(readonly [string, string | undefined])[]> {
  const files = await git.lsFiles();
  return files
    .map(({ path, mode }) => [path, mode] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}
