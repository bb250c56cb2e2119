import assert from 'node:assert/strict';

import type { TestRepository } from '../../../support/projects/repository.ts';
import { GUARDED, PLAIN, useHistoryBench } from '../../../support/projects/historyBench.ts';

describe('reverts of what history holds', () => {
  const bench = useHistoryBench();
  const { repository, extract, changes } = bench;
  const START = { message: 'start', files: { 'src/size.js': PLAIN } };
  const FIX = { message: 'fix: no list (#12)', files: { 'src/size.js': GUARDED } };

  const isReverted = (): readonly boolean[] => changes().map(({ reverted }) => reverted);
  /** Commits of the test's repository do not touch its work tree. */
  const revertHead = (git: TestRepository['git'], ...options: readonly string[]): void => {
    git('reset', '--quiet', '--hard');
    git('revert', '--no-edit', ...options, 'HEAD');
  };
  const undo = (message: string) => ({ message, files: { 'src/size.js': PLAIN } });

  it('marks the pair and gives it a fraction of its value', async () => {
    const { folder, git } = repository([START, FIX]);
    await extract(folder);
    const [before] = changes();
    revertHead(git);
    await extract(folder);
    const [after] = changes();
    assert.deepEqual([before?.reverted, after?.reverted], [false, true]);
    assert.ok((after?.value ?? 1) < (before?.value ?? 0) / 2);
    assert.equal(after?.confidence, before?.confidence);
  });

  it('marks it no longer once the revert is reverted, run by run or at once', async () => {
    const { folder, git } = repository([START, FIX]);
    revertHead(git);
    await extract(folder);
    assert.deepEqual(isReverted(), [true]);
    revertHead(git);
    await extract(folder);
    assert.deepEqual(isReverted(), [false]);
    revertHead(git);
    await extract(folder);
    assert.deepEqual(isReverted(), [true]);
  });

  for (const [what, say] of Object.entries<(id: string) => string>({
    'the beginning of its hash': (id) => `Undo it\n\nThis reverts commit ${id.slice(0, 9)}.`,
    'its title': () => 'Revert "fix: no list (#12)" (#14)',
    'its title without a number': () => 'Revert "fix: no list" (#14)',
    'its number': () => 'Revert "another title" (#14)\n\nReverts shop/web#12',
    'a conventional subject': () => 'revert: fix: no list',
    'a bare subject': () => 'Revert fix: no list',
    'a conventional subject with a scope': () => 'revert(list): fix: no list',
    'a tag': () => '[revert] fix: no list',
    'other quotes': () => 'Rollback “fix: no list”',
    'what is backed out': (id) => `Back out ${id.slice(0, 12)}: it breaks the list`,
    'what is undone': (id) => `Try another way\n\nUndoes commit ${id}.`,
  })) {
    it(`finds what is undone by ${what}, in one run or in two`, async () => {
      for (const runs of [1, 2]) {
        const { folder, commit } = repository();
        const [, id = ''] = commit([START, FIX]);
        if (runs === 2) await extract(folder);
        commit([undo(say(id))]);
        await extract(folder);
        assert.deepEqual(isReverted(), [true], `${runs} runs`);
      }
    });
  }

  it('marks all that an undone merge brought', async () => {
    const { folder, git, commit } = repository([START]);
    git('reset', '--quiet', '--hard');
    git('checkout', '--quiet', '-b', 'topic');
    commit([FIX], 'topic');
    git('reset', '--quiet', '--hard');
    git('checkout', '--quiet', 'main');
    git('merge', '--quiet', '--no-ff', '-m', 'Merge pull request #12 from ann/topic', 'topic');
    revertHead(git, '-m', '1');
    await extract(folder);
    assert.deepEqual(isReverted(), [true]);
  });

  it('leaves alone what is only partly undone, and what was made once more', async () => {
    const { folder, git, commit } = repository();
    const [, id = ''] = commit([START, FIX]);
    commit([undo(`Try another way\n\nThis partially reverts commit ${id}.`)]);
    await extract(folder);
    assert.deepEqual(isReverted(), [false]);

    commit([{ ...FIX, message: 'fix: no list (#12)' }]);
    revertHead(git);
    await extract(folder);
    assert.deepEqual(isReverted(), [false], 'the same change is still there once');
  });

  it('forgets a revert that history lost', async () => {
    const { folder, git } = repository([START, FIX]);
    revertHead(git);
    await extract(folder);
    assert.deepEqual(isReverted(), [true]);
    git('reset', '--quiet', '--hard', 'HEAD~1');
    git('reflog', 'expire', '--expire=now', '--all');
    await extract(folder);
    assert.deepEqual(isReverted(), [false]);
  });
});
