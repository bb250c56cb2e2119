import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { EngineLink } from '../../../../src/extension/engine/engineLink.ts';
import { createLinkBench, type LinkBench } from '../../../support/engine/engineLink.ts';
import { RETRY } from '../../../support/engine/snippets.ts';
import { listed } from '../../../support/engine/found.ts';

const PARENT = resolve(import.meta.dirname, '../../../support/engine/engineParent.ts');

describe('an engine process that dies', () => {
  let bench: LinkBench;

  beforeEach(() => {
    bench = createLinkBench();
  });

  afterEach(() => bench.close());

  const extraction = () => ({ folder: bench.project, git: false, embed: false });

  it('in the middle of an extraction loses nothing that was acknowledged', async () => {
    bench.writeFiles(120);
    const { link, states, lines } = bench.open();
    const { id } = await link.engine.curate.add({ code: RETRY, language: 'javascript' });
    await link.engine.curate.rate(id, 5, {});
    let killed = 0;
    const summary = await link.engine.jobs.extract(extraction(), {
      onProgress: ({ stage, done }) => {
        if (killed > 0 || stage !== 'files' || done === 0) return;
        killed = done;
        kill(link);
      },
    });
    assert.deepEqual(states, ['ready', 'restarting', 'ready']);
    assert.deepEqual(lines, ['the engine process ended with SIGKILL']);
    assert.equal(summary.stopped, false);
    assert.equal(summary.files.seen, 120);
    assert.ok(killed > 0 && killed < 120);
    const { total } = await listed(link.engine, {}, 0);
    const kinds = Object.values(summary.patterns);
    assert.equal(
      total,
      kinds.reduce((sum, count) => sum + count, 0),
    );
    assert.equal((await link.engine.patterns.detail(id))?.row.thumbs.own, 5);
  });

  it('is started again although nothing was asked of it', async () => {
    const { link, states, until } = bench.open();
    await link.engine.library.stats();
    kill(link);
    await until(() => states.length === 3);
    assert.deepEqual(states, ['ready', 'restarting', 'ready']);
  });

  it('twice over the same call is not asked again, and after three times not started', async () => {
    bench.writeFiles(1);
    const { link, states, until } = bench.open();
    await link.engine.library.stats();
    // A job that rests is one that lasts.
    link.rest(true);
    const failed = assert.rejects(link.engine.jobs.extract(extraction()), {
      name: 'EngineStopped',
      message: 'the engine process ended with SIGKILL',
    });
    kill(link);
    await until(() => states.length === 3);
    await link.engine.library.stats();
    kill(link);
    await failed;
    await until(() => states.length === 5);
    kill(link);
    await until(() => states.length === 6);
    assert.deepEqual(states, ['ready', 'restarting', 'ready', 'restarting', 'ready', 'failed']);
    await assert.rejects(link.engine.library.stats(), {
      message: 'the engine process ended 3 times within a minute',
    });
    link.rest(false);
    await link.restart();
    assert.equal((await link.engine.jobs.extract(extraction())).files.parsed, 1);
    assert.equal(link.state.state, 'ready');
  });

  it('forgets calls that were stopped meanwhile', async () => {
    bench.writeFiles(1);
    const { link } = bench.open();
    link.rest(true);
    const controller = new AbortController();
    const extracting = link.engine.jobs.extract(extraction(), { signal: controller.signal });
    await link.engine.library.stats();
    kill(link);
    while (link.pid !== undefined) await setTimeout(1);
    controller.abort();
    await assert.rejects(extracting, { name: 'AbortError' });
  });

  it('that could not open the library says why, and is started again with another', async () => {
    const file = join(bench.library, 'file');
    mkdirSync(bench.library);
    writeFileSync(file, '');
    let library = file;
    const { link, states } = bench.open({ library: () => library });
    await assert.rejects(link.engine.library.stats(), { name: 'AppError' });
    assert.deepEqual(states, ['failed']);
    rmSync(file);
    library = bench.library;
    await link.restart();
    assert.deepEqual((await listed(link.engine, {}, 1)).patterns, []);
    assert.deepEqual(states, ['failed', 'starting', 'ready']);
  });

  it('with its parent does so by itself', async () => {
    const argv = ['--import', 'tsx', PARENT, bench.library];
    const parent = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    assert.ok(isRunning(pid));
    parent.kill('SIGKILL');
    while (isRunning(pid)) await setTimeout(10);
  });
});

function kill({ pid }: EngineLink): void {
  assert.ok(pid !== undefined);
  process.kill(pid, 'SIGKILL');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
