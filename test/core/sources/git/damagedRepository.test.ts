import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../src/core/model/errors.ts';
import { openGit } from '../../../../src/core/sources/git/repository.ts';
import { collect, objectFile, open } from '../../../support/projects/gitDoor.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

describe('the git door before what is damaged or hostile', () => {
  const made: TestRepository[] = [];
  const repository = (options?: readonly string[]): TestRepository => {
    const created = createRepository(options);
    made.push(created);
    return created;
  };
  after(() => {
    for (const created of made) created.remove();
  });

  it('reads history past a file that is missing where renames are looked for', async () => {
    const { folder, commit, git: run } = repository();
    const text = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('');
    commit([
      { message: 'one', files: { 'a.py': text } },
      { message: 'two', files: { 'a.py': null, 'b.py': `${text}more\n` } },
      { message: 'three', files: { 'c.py': 'c\n' } },
    ]);
    const blob = run('rev-parse', 'main~1:b.py');
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const git = await open(folder);
    const commits = await collect(git.log({ head: git.head ?? '' }));
    assert.deepEqual(
      commits.map(({ message, entries }) => [message, ...entries.map(({ status }) => status)]),
      [
        ['three', 'A'],
        ['two', 'D', 'A'],
        ['one', 'A'],
      ],
    );
  });

  it('reads past commits whose tree is damaged, and counts them', async () => {
    const { folder, commit, git: run } = repository();
    const ids = commit(
      ['one', 'two', 'three', 'four', 'five', 'six'].map((message) => ({
        message,
        files: { 'a.py': `${message}\n` },
      })),
    );
    damage(folder, run('rev-parse', 'main~3^{tree}'));
    const git = await open(folder);
    let damaged = 0;
    const commits = await collect(git.log({ head: ids[5] ?? '' }, () => (damaged += 1)));
    assert.deepEqual(
      commits.map(({ message }) => message),
      ['six', 'five', 'two', 'one'],
    );
    assert.equal(damaged, 2);
  });

  it('reads what lies before a commit that is damaged, and fails where nothing does', async () => {
    const { folder, commit } = repository();
    const ids = commit([
      { message: 'one', files: { 'a.py': 'a\n' } },
      { message: 'two', files: { 'a.py': 'b\n' } },
      { message: 'three', files: { 'a.py': 'c\n' } },
    ]);
    damage(folder, ids[0] ?? '');
    const git = await open(folder);
    let damaged = 0;
    const read = await collect(git.log({ head: ids[2] ?? '' }, () => (damaged += 1)));
    assert.deepEqual(
      read.map(({ message }) => message),
      ['three'],
    );
    assert.ok(damaged > 0);
    damage(folder, ids[2] ?? '');
    await assert.rejects(collect(git.log({ head: ids[2] ?? '' })), { code: 'git-failed' });
  });

  it('reads the files behind one that is damaged', async () => {
    const { folder, commit } = repository();
    const text = Array.from({ length: 5_000 }, (_, line) => `${line ** 3} `).join('');
    commit([{ message: 'files', files: { 'a.py': 'a\n', 'b.py': text, 'c.py': 'c\n' } }]);
    const git = await open(folder);
    const [only] = await collect(git.log({ head: git.head ?? '' }));
    const [a = '', b = '', c = ''] = only?.entries.map(({ newBlob }) => newBlob) ?? [];
    truncateSync(objectFile(folder, b), 1_000);
    const reader = git.openBlobs(100_000);
    const answers = await Promise.all([a, b, c, b, a].map((id) => reader.read(id)));
    await reader.close();
    assert.deepEqual(
      answers.map((answer) => (typeof answer === 'string' ? answer : answer.toString())),
      ['a\n', 'damaged', 'c\n', 'damaged', 'a\n'],
    );
  });

  it('never fetches what a partial clone left on its remote', async () => {
    const origin = repository();
    origin.commit([
      { message: 'one', files: { 'a.py': 'a = 1\n' } },
      { message: 'two', files: { 'a.py': 'a = 2\n' } },
    ]);
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clones = repository();
    clones.git('clone', '--quiet', '--filter=blob:none', `file://${origin.folder}`, 'partial');
    const git = await open(join(clones.folder, 'partial'));
    const commits = await collect(git.log({ head: git.head ?? '' }));
    const before = await git.presentBlobs();
    const absent = commits.flatMap(({ entries }) => entries.map(({ newBlob }) => newBlob));
    const reader = git.openBlobs(1000);
    await Promise.allSettled(absent.map((id) => reader.read(id)));
    await reader.close();
    assert.deepEqual(await git.presentBlobs(), before);
  });

  it('runs nothing that a hostile repository configures', async () => {
    const { folder, commit, git: run } = repository();
    const trap = join(folder, '.git/trap.sh');
    const sprung = join(folder, '.git/sprung');
    writeFileSync(trap, `#!/bin/sh\necho "$0 $@" >> '${sprung}'\ncat 2>/dev/null\n`);
    chmodSync(trap, 0o755);
    commit([
      {
        message: 'one',
        files: { '.gitattributes': '* filter=evil diff=evil\n', 'a.py': 'a = 1\n' },
      },
      { message: 'two', files: { 'a.py': 'a = 2\n' } },
    ]);
    run('reset', '--hard', '--quiet');
    for (const key of [
      ...['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor', 'core.askPass'],
      ...['core.gitProxy', 'core.alternateRefsCommand', 'diff.external', 'diff.evil.textconv'],
      ...['diff.evil.command', 'filter.evil.clean', 'filter.evil.smudge', 'filter.evil.process'],
      ...['gpg.program', 'credential.helper', 'pager.log', 'pager.ls-files', 'alias.log'],
      ...['alias.ls-files', 'remote.origin.uploadpack', 'interactive.diffFilter', 'trailer.x.cmd'],
    ]) {
      run('config', key, key.startsWith('alias.') ? `!${trap}` : trap);
    }
    run('config', 'log.showSignature', 'true');
    run('config', 'core.hooksPath', join(folder, '.git/hooks'));
    run('config', 'remote.origin.url', `ext::${trap} %S`);
    run('config', 'remote.origin.promisor', 'true');
    run('config', 'protocol.ext.allow', 'always');
    run('config', 'protocol.allow', 'always');
    mkdirSync(join(folder, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
      writeFileSync(join(folder, '.git/hooks', hook), `#!/bin/sh\n${trap} ${hook}\n`);
      chmodSync(join(folder, '.git/hooks', hook), 0o755);
    }
    writeFileSync(join(folder, 'a.py'), 'a = 3\n');
    writeFileSync(join(folder, 'b.py'), 'b = 1\n');

    const git = await open(folder);
    const head = git.head ?? '';
    const [newest] = await collect(git.log({ head }));
    assert.equal((await git.lsFiles()).length, 3);
    const reader = git.openBlobs(1000);
    await reader.read(newest?.entries[0]?.newBlob ?? '');
    await reader.read('f'.repeat(40)).catch(() => undefined);
    await reader.close();
    await git.presentBlobs();
    await git.existing(['f'.repeat(40)]).catch(() => undefined);
    await git.countCommits({ head });
    await git.reachableCommits();
    await git.rootCommits();
    assert.equal(existsSync(sprung), false);

    // The trap works: git without the door's settings does spring it.
    run('-c', 'core.hooksPath=/dev/null', 'status');
    assert.equal(existsSync(sprung), true);
  });

  it('ignores variables that point git elsewhere', async () => {
    const here = repository();
    const [id] = here.commit([{ message: 'here', files: { 'a.py': 'a\n' } }]);
    const elsewhere = repository();
    process.env['GIT_DIR'] = join(elsewhere.folder, '.git');
    try {
      assert.equal((await open(here.folder)).head, id);
    } finally {
      delete process.env['GIT_DIR'];
    }
  });

  it('refuses a repository whose work tree is set to another folder', async () => {
    const { folder, git: run } = repository();
    run('config', 'core.worktree', repository().folder);
    await assert.rejects(openGit(folder), (error) => {
      return error instanceof AppError && error.code === 'git-failed';
    });
  });

  it('keeps remotes without their credentials', async () => {
    const { folder, git: run } = repository();
    run('remote', 'add', 'origin', 'https://ada:s3cret@Example.com/team/project.git');
    run('remote', 'add', 'short', 'git@forge.example.org:team/project.git');
    run('remote', 'add', 'local', '../elsewhere');
    const git = await open(folder);
    assert.deepEqual(git.remotes, ['example.com/team/project', 'forge.example.org/team/project']);
  });

  it('stops its processes when the signal aborts', async () => {
    const { folder, commit } = repository();
    commit([{ message: 'one', files: { 'a.py': 'a\n' } }]);
    const controller = new AbortController();
    const git = await openGit(folder, { signal: controller.signal });
    assert.ok(git !== undefined);
    const reader = git.openBlobs(1000);
    controller.abort();
    await assert.rejects(reader.read('f'.repeat(40)));
    await assert.rejects(git.countCommits({ head: git.head ?? '' }), { name: 'AbortError' });
  });
});

/** Spoils the file of a loose object. */
function damage(folder: string, id: string): void {
  writeFileSync(objectFile(folder, id), 'no object');
}
