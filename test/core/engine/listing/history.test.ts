import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangePattern, Pattern } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, POLL_FIXED, RETRY } from '../../../support/engine/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';
import { listed } from '../../../support/engine/found.ts';

const TEST_FILE = `it('polls', async () => {
  const answer = await poll(ask, 1, 2);
  assert.ok(answer.ready);
  assert.equal(answer.tries, 2);
});
`;

const START = { message: 'Add polling', files: { 'lib/poll.js': POLL, 'retry.js': RETRY } };
const FIX = {
  message: 'Fix endless polling\n\nFixes #7, see also #12',
  files: { 'lib/poll.js': POLL_FIXED, 'test/poll.test.js': TEST_FILE },
  author: 'grace@example.com',
};

describe('patterns out of git history', () => {
  let repository: TestRepository;
  let bench: Bench;
  let elsewhere: TemporaryFolder;

  beforeEach(async () => {
    repository = createRepository();
    elsewhere = createTemporaryFolder();
    bench = await openBench(repository.folder);
  });
  afterEach(async () => {
    await bench.close();
    repository.remove();
    elsewhere.remove();
  });

  const checkOut = (): void => {
    repository.git('reset', '--hard', '--quiet');
  };
  const commit: TestRepository['commit'] = (drafts, branch) => {
    const ids = repository.commit(drafts, branch);
    if (branch === undefined) checkOut();
    return ids;
  };
  const live = async (): Promise<readonly Pattern[]> =>
    (await listed(bench.engine, {}, 100)).patterns;
  const changes = async (): Promise<readonly ChangePattern[]> =>
    (await live()).filter((pattern): pattern is ChangePattern => 'after' in pattern);
  const names = async (): Promise<readonly string[]> =>
    (await live()).map(({ kind, name }) => `${kind} ${name}`).sort();

  it('hold the function before and after with all that is known of the commit', async () => {
    const [, fixed = ''] = commit([START, FIX]);
    await bench.extract();
    const fix = (await changes()).find(({ kind }) => kind === 'fix');
    assert.ok(fix);
    assert.ok(fix.before.includes('while (!answer.ready) {'));
    assert.ok(fix.after.includes('times-- > 0'));
    assert.deepEqual(
      [fix.message, fix.testsChanged, fix.issues, fix.complexity, fix.lines],
      [FIX.message, true, ['#7', '#12'], 4, 9],
    );
    assert.equal(fix.signature, 'export async function poll(ask, waitMs, times)');
    assert.ok(fix.confidence > 0 && fix.confidence < 1);
    assert.deepEqual(fix.provenance, {
      project: fix.provenance.project,
      projectName: fix.provenance.projectName,
      path: 'lib/poll.js',
      range: { start: { line: 1, character: 0 }, end: { line: 9, character: 1 } },
      commit: fixed,
      author: 'grace@example.com',
      date: '2023-11-15T22:13:20.000Z',
    });
  });

  it('have nothing before for an added function', async () => {
    commit([START]);
    await bench.extract();
    assert.deepEqual(
      (await changes()).map(({ kind, name, before }) => [kind, name, before]).sort(),
      [
        ['feature', 'poll', ''],
        ['feature', 'retry', ''],
      ],
    );
  });

  it('come from new commits alone in the next run', async () => {
    commit([START]);
    assert.equal((await bench.extract()).commits.seen, 1);
    assert.equal((await bench.extract()).commits.seen, 0);
    commit([FIX]);
    await bench.reopen();
    const { commits } = await bench.extract();
    assert.deepEqual([commits.seen, commits.bug_fix, commits.pairs], [1, 1, 1]);
    assert.equal((await changes()).length, 3);
  });

  it('go with commits that were rewritten', async () => {
    commit([START, FIX]);
    await bench.extract();
    repository.git('reset', '--hard', '--quiet', 'HEAD~1');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('gc', '--prune=now', '--quiet');
    const [other = ''] = commit([
      {
        message: 'Fix polling that waits too long',
        files: { 'lib/poll.js': POLL.replace('waitMs);', 'Math.min(waitMs, 9));') },
      },
    ]);
    await bench.extract();
    const fixes = (await changes()).filter(({ kind }) => kind === 'fix');
    assert.ok(fixes.some(({ provenance }) => provenance.commit === other));
  });

  it('go with an amended commit whose old version is still on disk', async () => {
    commit([START, FIX]);
    await bench.extract();
    writeFileSync(join(repository.folder, 'lib/poll.js'), POLL.replace('waitMs);', 'waitMs / 2);'));
    repository.git('commit', '--quiet', '--all', '--amend', '--message', 'Fix slow polling');
    const head = repository.git('rev-parse', 'HEAD');
    await bench.extract();
    const fixes = (await changes()).filter(({ kind }) => kind === 'fix');
    assert.deepEqual(
      fixes.map(({ provenance }) => provenance.commit),
      [head],
    );
  });

  it('stay when another branch is checked out and back', async () => {
    commit([START, FIX]);
    await bench.extract();
    const before = await names();
    repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
    await bench.extract();
    assert.ok((await names()).includes('fix poll'));
    repository.git('checkout', '--quiet', 'main');
    const { commits } = await bench.extract();
    assert.deepEqual([commits.pairs, await names()], [0, before]);
  });

  it('are those of the clone where it is shallow, which is said', async () => {
    commit([START, FIX]);
    execFileSync('git', [
      'clone',
      '--quiet',
      '--depth=1',
      `file://${repository.folder}`,
      join(elsewhere.path, 'shop'),
    ]);
    const folder = join(elsewhere.path, 'shop');
    const summary = await bench.extract({ folder });
    assert.match(summary.notes.map(({ text }) => text).join(), /shallow/);
    assert.equal(summary.commits.seen, 1);
    assert.equal(summary.patterns['function'], 2);
    const again = await bench.extract({ folder });
    assert.equal(again.commits.seen, 0);
  });

  it('are none where there is no commit yet, and come to the same project later', async () => {
    writeFileSync(join(repository.folder, 'retry.js'), RETRY);
    const summary = await bench.extract();
    assert.match(summary.notes.map(({ text }) => text).join(), /no commits/);
    assert.deepEqual(await names(), ['function retry']);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'Add retry');
    await bench.extract();
    assert.deepEqual(await names(), ['feature retry', 'function retry']);
    const [pattern] = (await live()).filter(({ kind }) => kind === 'function');
    assert.equal(pattern?.support, 1);
    assert.equal((await bench.engine.library.stats()).projects.length, 1);
  });

  it('of another repository in the place of a former one make another project', async () => {
    commit([START]);
    await bench.extract();
    rmSync(join(repository.folder, '.git'), { recursive: true });
    repository.git('init', '--quiet', '--initial-branch=main');
    await bench.extract();
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'Start anew');
    await bench.extract();
    assert.equal((await bench.engine.library.stats()).projects.length, 2);
  });

  it('are read from a bare repository, which has no files', async () => {
    commit([START, FIX]);
    const folder = join(elsewhere.path, 'shop.git');
    execFileSync('git', ['clone', '--quiet', '--bare', repository.folder, folder]);
    const summary = await bench.extract({ folder });
    assert.deepEqual(
      [summary.projectName, summary.files.seen, summary.commits.pairs],
      ['shop', 0, 3],
    );
    assert.match(summary.notes.map(({ text }) => text).join(), /bare/);
  });

  it('count once for a worktree and its repository', async () => {
    commit([START, FIX]);
    const folder = join(elsewhere.path, 'tree');
    repository.git('worktree', 'add', '--quiet', folder, '-b', 'tree');
    await bench.extract();
    const before = await live();
    const { commits } = await bench.extract({ folder });
    assert.equal(commits.pairs, 0);
    const stripped = ({ id, support }: Pattern): unknown => [id, support];
    assert.deepEqual((await live()).map(stripped), before.map(stripped));
    assert.equal((await bench.engine.library.stats()).projects.length, 1);
  });

  it('leave submodules to themselves', async () => {
    const inner = createRepository();
    try {
      inner.commit([{ message: 'Add retry', files: { 'inner.js': RETRY } }]);
      commit([{ message: 'Add polling', files: { 'poll.js': POLL } }]);
      repository.git(
        ...['-c', 'protocol.file.allow=always', 'submodule', '--quiet'],
        ...['add', inner.folder, 'inner'],
      );
      repository.git('commit', '--quiet', '--message', 'Add inner');
      await bench.extract();
      assert.deepEqual(await names(), ['feature poll', 'function poll']);
      await bench.extract({ folder: join(repository.folder, 'inner') });
      assert.ok((await names()).includes('function retry'));
      assert.equal((await bench.engine.library.stats()).projects.length, 2);
    } finally {
      inner.remove();
    }
  });

  it('are those since a date where one is given, and all in a later run without', async () => {
    commit([START, FIX]);
    const since = await bench.extract({ sinceDate: '2023-11-15' });
    assert.deepEqual([since.commits.seen, since.commits.bug_fix], [1, 1]);
    const all = await bench.extract();
    assert.deepEqual([all.commits.pairs, (await changes()).length], [2, 3]);
  });

  it('are left alone without git, and so are the files of other folders', async () => {
    commit([START, FIX]);
    await bench.extract({ git: false });
    assert.deepEqual(await names(), ['function poll', 'function retry', 'test polls']);
    repository.git('rm', '--quiet', 'retry.js');
    await bench.extract({ folder: join(repository.folder, 'lib'), git: false });
    assert.ok(
      (await names()).includes('function retry'),
      'outside the folder nothing is looked at',
    );
    await bench.extract({ git: false });
    assert.ok(!(await names()).includes('function retry'));
  });

  it('are none in a folder that is no repository', async () => {
    mkdirSync(join(elsewhere.path, 'plain'));
    elsewhere.write({ 'plain/retry.js': RETRY });
    const summary = await bench.extract({ folder: join(elsewhere.path, 'plain') });
    assert.deepEqual([summary.projectName, summary.commits.seen, summary.notes], ['plain', 0, []]);
    assert.deepEqual(await names(), ['function retry']);
    await assert.rejects(bench.extract({ folder: join(elsewhere.path, 'nosuch') }), {
      code: 'folder-not-found',
    });
  });

  it('follow a file to its new name', async () => {
    commit([
      START,
      {
        message: 'Fix endless polling',
        files: { 'lib/poll.js': null, 'src/polling.js': POLL_FIXED },
      },
    ]);
    await bench.extract();
    const fix = (await changes()).find(({ kind }) => kind === 'fix');
    assert.deepEqual(
      [fix?.name, fix?.provenance.path, fix?.before === ''],
      ['poll', 'src/polling.js', false],
    );
  });

  it('are reported as they would be recorded, and nothing is recorded', async () => {
    commit([START, FIX, { message: 'Release 1.0', files: { VERSION: '1.0\n' } }]);
    const reports = await bench.engine.jobs.history({ folder: repository.folder });
    assert.deepEqual(
      reports.map(({ type, pairs }) => [type, pairs]),
      [
        ['unknown', 0],
        ['bug_fix', 1],
        ['feature_addition', 2],
      ],
    );
    assert.deepEqual(await live(), []);
  });

  it('are not reported in part when the person stops', async () => {
    commit([START, FIX]);
    const controller = new AbortController();
    const watch = {
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    };
    const report = bench.engine.jobs.history({ folder: repository.folder }, watch);
    await assert.rejects(report, { name: 'AbortError' });
  });

  it('are those whose blobs a partial clone holds; the others are counted, not fetched', async () => {
    commit([START, FIX]);
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const folder = join(elsewhere.path, 'partial');
    const clone = ['clone', '--quiet', '--filter=blob:none', `file://${repository.folder}`, folder];
    execFileSync('git', clone);
    const { commits, notes } = await bench.extract({ folder });
    assert.equal(commits.seen, 2);
    assert.ok(commits.absentBlobs > 0);
    assert.match(notes.map(({ text }) => text).join(), /not on this machine/);
  });

  it('run nothing that the repository names in its own settings', async () => {
    commit([
      START,
      { ...FIX, files: { ...FIX.files, '.gitattributes': '*.js diff=own filter=own\n' } },
    ]);
    const trace = join(elsewhere.path, 'ran');
    const program = join(elsewhere.path, 'program.sh');
    elsewhere.write({ 'program.sh': `#!/bin/sh\necho "$0 $@" >> ${trace}\ncat\n` });
    chmodSync(program, 0o755);
    for (const setting of [
      ...['core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.askPass'],
      ...['diff.external', 'diff.own.textconv', 'diff.own.command', 'gpg.program'],
      ...['filter.own.clean', 'filter.own.smudge', 'filter.own.process', 'log.showSignature'],
      ...['pager.log', 'pager.cat-file', 'credential.helper', 'core.alternateRefsCommand'],
      ...['core.gitProxy', 'uploadpack.packObjectsHook', 'remote.origin.uploadpack'],
    ]) {
      repository.git('config', setting, setting === 'log.showSignature' ? 'true' : program);
    }
    elsewhere.write({ 'hooks/post-index-change': `#!/bin/sh\necho hook >> ${trace}\n` });
    chmodSync(join(elsewhere.path, 'hooks/post-index-change'), 0o755);
    repository.git('config', 'core.hooksPath', join(elsewhere.path, 'hooks'));
    await bench.extract();
    await bench.engine.jobs.history({ folder: repository.folder });
    assert.equal(existsSync(trace), false);
    assert.ok((await names()).includes('fix poll'));
    repository.git('status');
    assert.equal(existsSync(trace), true, 'git by itself runs it');
  });
});
