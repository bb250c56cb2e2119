import assert from 'node:assert/strict';
import type { ExtractionSummary } from '../../../../src/core/model/api/jobs.ts';
import { createQueue, type Queue, type RunWatch } from '../../../../src/extension/jobs/queue.ts';
import type { Work } from '../../../../src/extension/jobs/work.ts';
import { emptySummary } from '../../../support/engine/extractionSummary.ts';

interface Run {
  readonly work: Work;
  readonly watch: RunWatch;
  end(): Promise<void>;
  fail(error: Error): Promise<void>;
}

interface Bench {
  readonly queue: Queue;
  readonly runs: readonly Run[];
  readonly rests: readonly boolean[];
  /** The run that began last. */
  readonly last: Run;
}

function openBench(): Bench {
  const runs: Run[] = [];
  const rests: boolean[] = [];
  const queue = createQueue({
    run: (work, watch) =>
      new Promise<ExtractionSummary>((resolve, reject) => {
        const end = async (settle: () => void): Promise<void> => {
          settle();
          await turn();
        };
        runs.push({
          work,
          watch,
          end: () =>
            end(() => {
              resolve(emptySummary(work.folder));
            }),
          fail: (error) =>
            end(() => {
              reject(error);
            }),
        });
      }),
    rest: (resting) => {
      rests.push(resting);
    },
    onChange: () => undefined,
  });
  return {
    queue,
    runs,
    rests,
    get last() {
      const last = runs.at(-1);
      assert.ok(last);
      return last;
    },
  };
}

/** Lets everything that is settled be heard of. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function automatic(folder: string, ...paths: readonly string[]): Work {
  return { folder, paths, history: false, origin: 'automatic' };
}

function manual(folder: string): Work {
  return { folder, history: true, origin: 'person' };
}

function foldersOf({ runs }: Bench): readonly string[] {
  return runs.map(({ work }) => work.folder);
}

describe('the queue of extractions', () => {
  it('runs one at a time, in order', async () => {
    const bench = openBench();
    const first = bench.queue.start(automatic('a'));
    const second = bench.queue.start(automatic('b'));
    assert.deepEqual(foldersOf(bench), ['a']);
    await bench.last.end();
    assert.deepEqual(foldersOf(bench), ['a', 'b']);
    await bench.last.end();
    assert.deepEqual(
      (await Promise.all([first, second])).map((summary) => summary?.projectName),
      ['a', 'b'],
    );
    assert.equal(bench.queue.running, undefined);
  });

  it('makes one of the requests of a folder that wait, and answers all who asked', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    const answers = [
      bench.queue.start(automatic('b', 'one.ts')),
      bench.queue.start(automatic('b', 'two.ts')),
    ];
    assert.equal(bench.queue.waiting.length, 1);
    await bench.last.end();
    assert.deepEqual(bench.last.work.paths, ['one.ts', 'two.ts']);
    await bench.last.end();
    assert.deepEqual(
      (await Promise.all(answers)).map((summary) => summary?.projectName),
      ['b', 'b'],
    );
  });

  it('does what came while a folder was running once more', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a', 'one.ts'));
    void bench.queue.start(automatic('a', 'two.ts'));
    await bench.last.end();
    assert.deepEqual(
      bench.runs.map(({ work }) => work.paths),
      [['one.ts'], ['two.ts']],
    );
  });

  it('takes what a person asked for before what nobody did', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    void bench.queue.start(automatic('b'));
    void bench.queue.start(manual('c'));
    await bench.last.end();
    assert.deepEqual(foldersOf(bench), ['a', 'c']);
  });

  it('tells the asker of a failure and goes on with the next', async () => {
    const bench = openBench();
    const failing = bench.queue.start(automatic('a'));
    void bench.queue.start(automatic('b'));
    const checked = assert.rejects(failing, /no disk/);
    await bench.last.fail(new Error('no disk'));
    await checked;
    assert.deepEqual(foldersOf(bench), ['a', 'b']);
  });

  it('keeps the latest progress of what runs', () => {
    const bench = openBench();
    void bench.queue.start(manual('a'));
    const progress = { stage: 'files', done: 3, total: 9, patterns: 1 } as const;
    bench.last.watch.onProgress(progress);
    assert.deepEqual(bench.queue.running?.progress, progress);
  });
});

describe('the turn of a job', () => {
  const turnOf = ({ queue }: Bench): unknown => queue.running?.turn;

  it('counts those that were asked for together, until all are done', async () => {
    const bench = openBench();
    for (const folder of ['a', 'b', 'c']) {
      bench.queue.start(manual(folder)).catch(() => undefined);
    }
    assert.deepEqual(turnOf(bench), { number: 1, of: 3 });
    await bench.last.end();
    assert.deepEqual(turnOf(bench), { number: 2, of: 3 });
    await bench.last.fail(new Error('no disk'));
    assert.deepEqual(turnOf(bench), { number: 3, of: 3 });
    await bench.last.end();
    void bench.queue.start(manual('d'));
    assert.deepEqual(turnOf(bench), { number: 1, of: 1 });
  });

  it('counts folders, however often one of them is extracted', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a', 'one.ts'));
    void bench.queue.start(automatic('a', 'two.ts'));
    assert.deepEqual(turnOf(bench), { number: 1, of: 1 });
    await bench.last.end();
    assert.deepEqual(turnOf(bench), { number: 1, of: 1 });
    void bench.queue.start(automatic('b'));
    assert.deepEqual(turnOf(bench), { number: 1, of: 2 });
  });

  it('leaves out what nobody asked for', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    void bench.queue.start(automatic('b'));
    void bench.queue.start(manual('c'));
    assert.deepEqual(turnOf(bench), { number: 1, of: 2 });
    await bench.last.end();
    assert.deepEqual(turnOf(bench), { number: 1, of: 1 }, 'that of the person');
    await bench.last.end();
    assert.deepEqual(turnOf(bench), { number: 2, of: 2 }, 'what was put off');
  });

  it('begins anew after those that waited were dropped', async () => {
    const bench = openBench();
    void bench.queue.start(manual('a'));
    void bench.queue.start(manual('b'));
    bench.queue.pause();
    await bench.last.end();
    bench.queue.cancel(() => true);
    void bench.queue.start(manual('c'));
    assert.deepEqual(turnOf(bench), { number: 1, of: 1 });
  });
});

describe('cancelling', () => {
  it('stops what runs and drops what waits', async () => {
    const bench = openBench();
    void bench.queue.start(manual('a'));
    const dropped = bench.queue.start(manual('b'));
    bench.queue.cancel(() => true);
    assert.equal(bench.last.watch.signal.aborted, true);
    assert.equal(await dropped, undefined);
    await bench.last.end();
    assert.deepEqual(foldersOf(bench), ['a']);
  });

  it('answers with nothing where it came before there was anything to tell of', async () => {
    const bench = openBench();
    const stopped = bench.queue.start(manual('a'));
    bench.queue.cancel(() => true);
    await bench.last.fail(new DOMException('stopped', 'AbortError'));
    assert.equal(await stopped, undefined);
  });

  it('leaves alone what is not meant', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    void bench.queue.start(automatic('b'));
    bench.queue.cancel(({ folder }) => folder === 'b');
    assert.equal(bench.last.watch.signal.aborted, false);
    assert.deepEqual(bench.queue.waiting, []);
    await bench.last.end();
  });

  it('does not let a stopped job rest, or it would never end', () => {
    const bench = openBench();
    void bench.queue.start(manual('a'));
    bench.queue.pause();
    bench.queue.cancel(() => true);
    assert.deepEqual(bench.rests, [true, false]);
  });
});

describe('pausing', () => {
  it('lets the running job rest and starts nothing until resumed', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    bench.queue.pause();
    void bench.queue.start(automatic('b'));
    assert.deepEqual(bench.rests, [true]);
    await bench.last.end();
    assert.deepEqual(foldersOf(bench), ['a']);
    bench.queue.resume();
    assert.deepEqual(foldersOf(bench), ['a', 'b']);
    assert.deepEqual(bench.rests, [true, false]);
  });

  it('ends when a person starts something', () => {
    const bench = openBench();
    bench.queue.pause();
    void bench.queue.start(manual('a'));
    assert.equal(bench.queue.paused, false);
    assert.deepEqual(foldersOf(bench), ['a']);
  });
});

describe('yielding to a person who types', () => {
  it('starts nothing automatic until they stop', () => {
    const bench = openBench();
    bench.queue.setTyping(true);
    void bench.queue.start(automatic('a'));
    assert.deepEqual(foldersOf(bench), []);
    bench.queue.setTyping(false);
    assert.deepEqual(foldersOf(bench), ['a']);
  });

  it('lets an automatic job rest meanwhile, but not what they asked for', async () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    bench.queue.setTyping(true);
    bench.queue.setTyping(false);
    assert.deepEqual(bench.rests, [true, false]);
    await bench.last.end();
    void bench.queue.start(manual('b'));
    bench.queue.setTyping(true);
    assert.deepEqual(bench.rests, [true, false]);
    assert.deepEqual(foldersOf(bench), ['a', 'b']);
  });

  it('goes on with an automatic job that a job of theirs waits for', () => {
    const bench = openBench();
    void bench.queue.start(automatic('a'));
    bench.queue.setTyping(true);
    void bench.queue.start(manual('b'));
    assert.deepEqual(bench.rests, [true, false]);
  });
});
