import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { readInstances } from '../../../../src/core/jobs/experiments/instances/readInstances.ts';
import { DEFAULT_CONFIG } from '../../../../src/core/model/config.ts';
import type { InstanceSource } from '../../../../src/core/model/resolution/instanceSet.ts';
import { collect } from '../../../../src/core/resolution/feed.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

const PATCH = '--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n';

describe('sets of instances', () => {
  let repository: TestRepository;
  let folder: TemporaryFolder;
  before(() => {
    repository = createRepository();
    repository.commit([
      { message: 'first', files: { 'a.py': 'def value():\n    return 1\n' } },
      {
        message: 'fix: value is two and not one (#7)',
        files: { 'a.py': 'def value():\n    return 2\n', 'tests/test_a.py': 'assert True\n' },
      },
      { message: 'fix: typo', files: { 'a.py': 'def value():\n    return 3\n' } },
      { message: 'add a page of documentation for users', files: { 'b.md': 'text\n' } },
    ]);
    repository.git('reset', '--quiet', '--hard', 'main');
    folder = createTemporaryFolder();
  });
  after(() => {
    folder.remove();
    repository.remove();
  });

  const read = (source: InstanceSource) =>
    collect(readInstances(source, { settings: () => DEFAULT_CONFIG }, {}));
  const fromLines = (lines: readonly unknown[], around = repository.folder) => {
    const file = join(folder.path, 'issues.jsonl');
    folder.write({
      'issues.jsonl': lines
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\r\n'),
    });
    return read({ kind: 'instances', file, repository: around });
  };

  it('reads instances of SWE-bench with what resolves them', async () => {
    const [read_] = await fromLines([
      {
        ...{ instance_id: 'shop__shop-1', repo: 'shop/shop', base_commit: 'abc' },
        ...{ problem_statement: 'value is wrong', patch: PATCH, test_patch: PATCH },
      },
    ]);
    assert.deepEqual(read_, {
      instance: {
        ...{ id: 'shop__shop-1', text: 'value is wrong', revision: 'abc' },
        folder: repository.folder,
      },
      gold: { patch: PATCH, tests: PATCH },
    });
  });

  it('reads a file that begins with the mark of its byte order', async () => {
    const issue = JSON.stringify({ title: 'value', body: 'is wrong' });
    const [first] = await fromLines([`\uFEFF${issue}`]);
    assert.ok(first !== undefined && 'instance' in first);
  });

  it('tells what of a file is no instance, and goes on behind it', async () => {
    const all = await fromLines([
      '{"problem_statement": ',
      '[1, 2]',
      { repo: 'shop/shop' },
      '',
      { title: 'value', body: 'is wrong' },
    ]);
    assert.deepEqual(
      all.map((one) => ('unusable' in one ? one.unusable.text.replace(/ of .*/, '') : one.gold)),
      ['line 1', 'line 2', 'line 3', undefined],
    );
    const [last] = all.slice(-1);
    assert.ok(last && 'instance' in last);
    assert.equal(last.instance.revision, repository.git('rev-parse', 'HEAD').trim());
    assert.match(last.instance.id, /^issue-/);
  });

  it('tells of a clone without a commit, and goes on behind it', async () => {
    const around = join(folder.path, 'some');
    const empty = join(around, 'shop/empty');
    mkdirSync(empty, { recursive: true });
    execFileSync('git', ['init', '--quiet', empty]);
    const issue = { problem_statement: 'value is wrong' };
    const all = await fromLines(
      [
        { ...issue, repo: 'shop/empty' },
        { ...issue, repo: 'shop/empty', base_commit: 'abc' },
      ],
      around,
    );
    assert.deepEqual(
      all.map((one) => 'unusable' in one),
      [true, false],
    );
  });

  it('takes clones beside one another by their names, and never leaves the folder for one', async () => {
    const around = join(folder.path, 'clones');
    folder.write({
      'clones/one+shop/repo/.git/HEAD': '',
      'clones/two/shop/HEAD': '',
      'secret/.git/HEAD': '',
    });
    const issue = { problem_statement: 'value is wrong', base_commit: 'abc' };
    const names = ['one/shop', 'two/shop', '../secret', 'three/shop', 'a/../secret'];
    const all = await fromLines(
      names.map((repo) => ({ ...issue, repo })),
      around,
    );
    assert.deepEqual(
      all.map((one) => ('unusable' in one ? undefined : one.instance.folder)),
      [join(around, 'one+shop/repo'), join(around, 'two/shop'), undefined, undefined, undefined],
    );
  });

  it('takes commits that fixed one thing and say which, with the code before them', async () => {
    const all = await read({ kind: 'fixes', repository: repository.folder });
    assert.equal(all.length, 1, 'a message of two words tells nothing to look for');
    const [fix] = all;
    assert.ok(fix && 'instance' in fix);
    assert.equal(fix.instance.text, 'fix: value is two and not one (#7)');
    assert.equal(fix.instance.revision, repository.git('rev-parse', 'HEAD~3').trim());
    assert.match(fix.gold?.patch ?? '', /a\/a\.py[^]*- {4}return 1\n\+ {4}return 2/);
    assert.doesNotMatch(fix.gold?.patch ?? '', /test_a/);
    assert.match(fix.gold?.tests ?? '', /tests\/test_a\.py/);
  });

  it('knows an issue of a file by what it says and of which code', async () => {
    const ids = async (text: string): Promise<readonly string[]> => {
      folder.write({ 'texts/a total.md': text });
      const all = await read({
        kind: 'issues',
        folder: join(folder.path, 'texts'),
        repository: repository.folder,
      });
      return all.flatMap((one) => ('instance' in one ? one.instance.id : []));
    };
    const [first] = await ids('value is wrong');
    assert.match(first ?? '', /^a-total-[0-9a-f]{8}$/);
    assert.deepEqual(await ids('value is wrong'), [first]);
    assert.notDeepEqual(await ids('value is right'), [first]);
  });
});
