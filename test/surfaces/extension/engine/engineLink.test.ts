import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import type { ExtractionSummary } from '../../../../src/core/model/api/jobs.ts';
import type { Progress } from '../../../../src/core/model/api/watch.ts';
import type { FindQuery } from '../../../../src/core/model/api/find.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import { NO_HOST, NO_MODEL, type ModelHost } from '../../../../src/core/model/ports/chatModel.ts';
import { claudeRows, writeClaudeLog } from '../../../support/sessions/sessionLogs.ts';
import { createLinkBench, type LinkBench } from '../../../support/engine/engineLink.ts';
import { RETRY } from '../../../support/engine/snippets.ts';
import { listed } from '../../../support/engine/found.ts';

describe('the connection to the engine process', () => {
  let bench: LinkBench;

  beforeEach(() => {
    bench = createLinkBench();
  });

  afterEach(() => bench.close());

  const extraction = () => ({ folder: bench.project, git: false, embed: false });

  /** An extraction that was stopped before it read anything. */
  async function stopWhileResting() {
    bench.writeFiles(1);
    const { link } = bench.open();
    const controller = new AbortController();
    link.rest(true);
    const extracting = link.engine.jobs.extract(extraction(), { signal: controller.signal });
    await link.engine.library.stats();
    controller.abort();
    return { link, extracting };
  }

  it('does not make queries wait for others: what it starts has the priority it has itself', async () => {
    const { link } = bench.open();
    await link.engine.jobs.attend({ files: [join(bench.project, 'part0.js')], patterns: [] });
    assert.equal(getPriority(link.pid), getPriority());
  });

  it('starts the process with the first call and answers in turn', async () => {
    const { link, states } = bench.open();
    assert.deepEqual([link.pid, link.state], [undefined, { state: 'starting' }]);
    const added = await link.engine.curate.add({
      code: RETRY,
      language: 'javascript',
      name: 'again',
    });
    const [shown, all, page] = await Promise.all([
      link.engine.patterns.show(added.id),
      listed(link.engine, {}, 10),
      link.engine.find.patterns({ text: '', limit: 10 }),
    ]);
    assert.deepEqual(shown, added);
    assert.deepEqual(
      all.patterns.map(({ name }) => name),
      ['again'],
    );
    assert.deepEqual(
      page.rows.map(({ id }) => id),
      [added.id],
    );
    assert.equal(await link.engine.patterns.show('nothing'), undefined);
    assert.deepEqual(states, ['ready']);
  });

  it('hands on a failure with its code and a bug with its stack', async () => {
    const { engine } = bench.open().link;
    await assert.rejects(engine.curate.rate('nothing', 5, {}), (error: unknown) => {
      assert.ok(error instanceof AppError);
      assert.deepEqual(
        [error.code, error.message, error.localizedMessage],
        [
          'pattern-not-found',
          'there is no pattern nothing',
          localized`there is no pattern ${'nothing'}`,
        ],
      );
      return true;
    });
    const wrong = null as unknown as FindQuery;
    await assert.rejects(engine.find.patterns(wrong), (error: unknown) => {
      assert.ok(error instanceof Error && !(error instanceof AppError));
      assert.match(error.stack ?? '', /engine\.js/);
      return true;
    });
  });

  it('tells how far an extraction is, up to its end', async () => {
    bench.writeFiles(30);
    const seen: Progress[] = [];
    const summary = await bench.open().link.engine.jobs.extract(extraction(), {
      onProgress: (progress) => seen.push(progress),
    });
    assert.equal(summary.files.parsed, 30);
    const files = seen.findLast(({ stage }) => stage === 'files');
    assert.equal(files?.total, 30);
    // Of many steps some are left out, but never the last.
    assert.equal(seen.at(-1)?.stage, 'idioms');
  });

  it('stops an extraction by its signal', async () => {
    const { extracting } = await stopWhileResting();
    assert.ok(await isStopped(extracting));
  });

  it('leaves files to the process, which tells how far it is and can be stopped', async () => {
    const { engine } = bench.open().link;
    await engine.curate.add({ code: RETRY, language: 'javascript' });
    const file = join(bench.project, 'team.pack');
    const { text, count } = await engine.jobs.export({ format: 'pack' }, file);
    assert.deepEqual([text, count], ['', 1]);
    // As much as no message could carry at once.
    appendFileSync(file, `${'oops '.repeat(200)}\n`.repeat(30_000));
    const stop = new AbortController();
    const seen: Progress[] = [];
    const { unchanged, stopped, badCount } = await engine.jobs.import({ file }, 'team', {
      signal: stop.signal,
      onProgress: (progress) => {
        seen.push(progress);
        stop.abort();
      },
    });
    assert.deepEqual([unchanged, stopped, seen[0]?.stage], [1, true, 'import']);
    assert.ok(badCount < 30_000);
  });

  it('does not ask another process for what was stopped', async () => {
    const { link, extracting } = await stopWhileResting();
    const restarted = link.restart();
    await assert.rejects(extracting, { name: 'AbortError' });
    await restarted;
    assert.equal((await listed(link.engine, {}, 1)).total, 0);
  });

  it('does not start what was stopped before it was asked', async () => {
    const { link } = bench.open();
    const reason = new Error('not wanted');
    const signal = AbortSignal.abort(reason);
    await assert.rejects(link.engine.jobs.extract(extraction(), { signal }), reason);
    assert.equal(link.pid, undefined);
  });

  it('lets an extraction rest while other calls are answered', async () => {
    bench.writeFiles(30);
    const { link } = bench.open();
    link.rest(true);
    let ended = false;
    const extracting = link.engine.jobs.extract(extraction()).finally(() => {
      ended = true;
    });
    for (let asked = 0; asked < 50; asked += 1) await link.engine.library.stats();
    assert.equal(ended, false);
    link.rest(false);
    const summary = await extracting;
    assert.deepEqual([summary.stopped, summary.files.parsed], [false, 30]);
  });

  it('tells of what another process rates', async () => {
    const mine = bench.open();
    const other = bench.open();
    const { id } = await mine.link.engine.curate.add({ code: RETRY, language: 'javascript' });
    await other.link.engine.patterns.show(id);
    let changes = 0;
    const watching = mine.link.engine.watch(() => {
      changes += 1;
    });
    const before = changes;
    await other.link.engine.curate.rate(id, 5, {});
    let own: number | null | undefined;
    while (own !== 5) {
      await mine.until(() => changes > before);
      own = (await mine.link.engine.patterns.detail(id))?.row.thumbs.own;
    }
    watching.close();
  });

  it('asks the extension for its model, shows what is sent first, and hands on why there is none', async () => {
    const log = { id: 'asked-of-the-editor', folder: bench.project };
    const rows = claudeRows(log).prompt('mend the pump').call('Bash', { command: 'sh pump.sh' });
    const path = writeClaudeLog(bench.project, log, rows);
    const sent: string[] = [];
    const failures: AppError[] = [];
    const models: ModelHost = {
      ...NO_HOST,
      settings: () => Promise.resolve({ ...NO_MODEL, door: 'editor', uses: ['learning'] }),
      confirm: ({ to, messages }) => {
        sent.push(`shown for ${to}: ${messages.length} messages`);
        return Promise.resolve(true);
      },
      complete: ({ messages }) => {
        const [failure] = failures;
        if (failure !== undefined) return Promise.reject(failure);
        sent.push(messages.map(({ content }) => content).join('\n'));
        const text = JSON.stringify({ steps: [{ step: 1, weight: 1, why: 'it ran the pump' }] });
        return Promise.resolve({ text, isCut: false });
      },
    };
    const { link } = bench.open({ models });
    const found = await link.engine.learning.attribute(path, { method: 'llm' });
    assert.deepEqual([found.method, found.contributions[0]], ['llm', [1, 1]]);
    assert.match(sent[0] ?? '', /^shown for VS Code: 3 messages$/);
    assert.match(sent[1] ?? '', /sh pump\.sh/);
    assert.equal(sent.length, 2);

    failures.push(new AppError('model-failed', localized`the model is asleep`));
    rows.call('Bash', { command: 'sh pump.sh again' });
    writeClaudeLog(bench.project, log, rows);
    const { method, notes } = await link.engine.learning.attribute(path, { method: 'llm' });
    assert.equal(method, 'heuristic');
    assert.ok(notes.some(({ text }) => text === 'heuristic stands in: the model is asleep'));
  });

  it('stops what runs, closes the library and ends the process', async () => {
    bench.writeFiles(1);
    const { link, lines } = bench.open();
    link.rest(true);
    const stopped = isStopped(link.engine.jobs.extract(extraction()));
    await link.engine.library.stats();
    const { pid } = link;
    assert.ok(pid !== undefined);
    await link.close();
    assert.ok(await stopped);
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
    assert.deepEqual(lines, []);
    await assert.rejects(link.engine.library.stats(), { name: 'EngineStopped' });
    assert.equal(link.pid, undefined);
  });
});

/** One that has nothing yet is rejected; another one says what it got to. */
async function isStopped(extracting: Promise<ExtractionSummary>): Promise<boolean> {
  try {
    return (await extracting).stopped;
  } catch (error) {
    return error instanceof Error && error.name === 'AbortError';
  }
}
