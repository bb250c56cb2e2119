import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeLog } from '../../../support/sessions/claudeLog.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { experienceOf } from '../../../support/library/libraryEvents.ts';
import {
  closeLibrary,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';

/** So many count before any is set aside. */
const MOST = 2_000;

describe('sessions that are set aside', () => {
  let bench: Bench;
  let logs: string;

  before(async () => {
    logs = mkdtempSync(join(tmpdir(), 'logs-'));
    bench = await openBench();
    const library = await openTestLibrary(bench.library);
    await library.record(
      Array.from({ length: MOST + 2 }, (_, at) => ({
        ...experienceOf('git:bakery', `claude-code chat-${at}`, []),
        ...{ outcome: 'unknown' as const, endedAt: Date.UTC(2026, 0, 1) + at, deeds: [] },
      })),
    );
    closeLibrary(library);
    await bench.reopen();
  });
  after(async () => {
    await bench.close();
    rmSync(logs, { recursive: true, force: true });
    removeLibraries();
  });

  const learn = () => bench.engine.learning.learn({ names: [logs], batch: true });
  const aside = async (): Promise<readonly string[]> =>
    (await bench.engine.learning.aside()).map(({ session }) => session);
  const record = async (id: string): Promise<string | null> =>
    (await bench.engine.learning.experience(id)).pruned;

  it('are told with the reason, the last that ended first', async () => {
    assert.equal((await learn()).batch?.pruned, 2);
    const [first, ...others] = await bench.engine.learning.aside();
    assert.equal(first?.session, 'claude-code chat-1');
    assert.equal(first.task, 'mend claude-code chat-1');
    assert.equal(first.endedAt, '2026-01-01T00:00:00.001Z');
    assert.match(first.why, /it got over no error, and of more than 2000 sessions/);
    assert.deepEqual(
      others.map(({ session }) => session),
      ['claude-code chat-0'],
    );
  });

  it('take nothing back where one of the names is of no session', async () => {
    const asked = bench.engine.learning.takeBack(['chat-1', 'nobody']);
    await assert.rejects(asked, { code: 'session-not-found' });
    assert.equal((await aside()).length, 2);
  });

  it('count again once they are taken back, also after the next look, for another process too', async () => {
    const { learning } = bench.engine;
    assert.deepEqual(await learning.takeBack(['chat-1', 'chat-7']), ['claude-code chat-1']);
    assert.equal(await record('chat-1'), null);
    assert.equal((await learn()).batch?.pruned, 1, 'one more must go in its place');
    assert.deepEqual(await aside(), ['claude-code chat-2', 'claude-code chat-0']);
    await bench.reopen();
    assert.equal(await record('chat-1'), null);
  });

  it('are taken back for good, also where their log goes on', async () => {
    const log = claudeLog('chat-1', bench.project, [{ say: 'There is nothing to do.' }], 0);
    writeFileSync(join(logs, 'chat-1.jsonl'), log);
    const { learning } = bench.engine;
    assert.equal((await learning.learn({ names: [logs] })).learned, 1);
    const { kept, pruned, task } = await learning.experience('chat-1');
    assert.deepEqual([task, kept, pruned], ['Mend what is broken.', true, null]);
  });

  it('are all taken back at once', async () => {
    const restored = await bench.engine.learning.takeBack(undefined);
    assert.deepEqual(restored, ['claude-code chat-0', 'claude-code chat-2']);
    assert.deepEqual(await aside(), []);
    assert.equal((await bench.engine.learning.status()).pruned, 0);
    assert.deepEqual(await bench.engine.learning.takeBack(undefined), []);
  });
});
