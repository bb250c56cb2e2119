import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, POLL_FIXED } from '../../../support/engine/snippets.ts';

const START = { message: 'Add polling', files: { 'lib/poll.js': POLL } };
const FIX = { message: 'Fix endless polling', files: { 'lib/poll.js': POLL_FIXED } };

describe('what is told of history', () => {
  let repository: TestRepository;
  let bench: Bench;

  beforeEach(async () => {
    repository = createRepository();
    bench = await openBench(repository.folder);
  });
  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  const revert = (commit: string): string =>
    repository.commit([
      { message: `Undo it\n\nThis reverts commit ${commit}.`, files: { 'lib/poll.js': POLL } },
    ])[0] ?? '';
  const revertedBy = async (commit: string): Promise<readonly string[] | undefined> => {
    const reports = await bench.engine.jobs.history({ folder: repository.folder });
    return reports.find((report) => report.commit === commit)?.revertedBy;
  };

  it('names the commit that undid a fix, unless that was undone itself', async () => {
    const [start = '', fix = ''] = repository.commit([START, FIX]);
    const undone = revert(fix);
    assert.deepEqual(await revertedBy(fix), [undone]);
    assert.deepEqual(await revertedBy(start), []);
    revert(undone);
    assert.deepEqual(await revertedBy(fix), []);
    assert.equal((await revertedBy(undone))?.length, 1);
  });

  for (const format of ['pack', 'jsonl'] as const) {
    it(`says in a ${format} that a fix was undone, which holds where it is imported`, async () => {
      const [, fix = ''] = repository.commit([START, FIX]);
      const other = await openBench();
      const importedFix = async (): Promise<unknown> => {
        await bench.extract();
        const { text } = await bench.engine.jobs.export({ format }, undefined);
        await other.engine.jobs.import({ text }, format);
        await other.engine.curate.accept({ pack: format });
        const { patterns } = await listed(other.engine, { kind: { any: ['fix'] } }, 10);
        return patterns.map((pattern) => 'after' in pattern && pattern.reverted);
      };
      try {
        revert(fix);
        assert.deepEqual(await importedFix(), [true]);
      } finally {
        await other.close();
      }
    });
  }

  it('holds none of the secrets that stand in messages, wherever they stand', async () => {
    const token = ['ghp', 'Zq81kd7RmWx04TbYpLs29VnAc63HgEfJuX5o'].join('_');
    repository.commit([
      START,
      {
        message: `Fix the log-in with ${token}\n\nFixes #12`,
        files: { 'lib/poll.js': POLL_FIXED },
      },
      { message: `fix(${token}): poll once`, files: { 'lib/poll.js': POLL } },
    ]);
    const reports = await bench.engine.jobs.history({ folder: repository.folder });
    assert.equal(reports.length, 3);
    const printed = JSON.stringify(reports);
    assert.ok(!printed.includes(token.slice(4)), printed);
    assert.match(printed, /Fix the log-in with <secret:/);
  });
});
