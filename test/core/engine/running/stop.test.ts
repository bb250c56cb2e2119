import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExtractionSummary } from '../../../../src/core/model/api/jobs.ts';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const FILES = 8;
const COMMITS = 3;
const NOW = Date.UTC(2026, 0, 1);

/** Ends as those of other files do, which makes an idiom, and mentions the one before. */
const source = (at: number, fixes = 0): string => `
export function read${String(at)}Entry(entry, index) {
${'  index.note(entry);\n'.repeat(at)}${'  if (!index.ready) return undefined;\n'.repeat(fixes)}
  if (entry === undefined) return index.missing(entry);
  const found = index.lookup(entry.key, read${String(Math.max(0, at - 1))}Entry);
  if (found === undefined) {
    index.report(entry.key);
    throw new Error('unknown ' + entry.key);
  }
  return found;
}
`;

describe('a job that is stopped', () => {
  let repository: TestRepository;
  let bench: Bench;
  beforeEach(async () => {
    repository = createRepository();
    const files = Array.from({ length: FILES }, (_, at) => [`f${String(at)}.js`, source(at)]);
    repository.commit([
      { message: 'start', files: Object.fromEntries(files) as Record<string, string> },
      ...Array.from({ length: COMMITS }, (_, at) => ({
        message: `fix: entry ${String(at)} was read before it was ready`,
        files: { [`f${String(at)}.js`]: source(at, 1) },
      })),
    ]);
    repository.git('reset', '--quiet', '--hard');
    bench = await openBench(repository.folder, () => NOW);
  });
  afterEach(async () => {
    await bench.close();
    repository.remove();
  });

  /** Stops at a pause of the work; counts what is begun after it. */
  const stopAt = async (
    pause: number,
  ): Promise<{ readonly summary: ExtractionSummary; readonly late: number }> => {
    const stop = new AbortController();
    let pauses = 0;
    let late = 0;
    const summary = await bench.engine.jobs.extract(
      { folder: repository.folder, git: true, embed: false },
      {
        signal: stop.signal,
        onProgress: () => {
          if (stop.signal.aborted) late += 1;
        },
        rest: () => {
          pauses += 1;
          if (pauses === pause) stop.abort();
          return Promise.resolve();
        },
      },
    );
    return { summary, late };
  };
  const derived = (): readonly string[] =>
    readdirSync(join(bench.library, 'derived')).filter((name) => /^(?:words|view)-/.test(name));
  const patterns = async (of: Bench): Promise<readonly Pattern[]> => {
    const found = (await listed(of.engine, {}, 1000)).patterns;
    return found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };

  it('reads no further file, commit or idiom at any pause, and the runs after it end alike', async () => {
    const stages = new Set<string>();
    for (let pause = 1; ; pause += 2) {
      const { summary, late } = await stopAt(pause);
      stages.add(Object.keys(summary.durationMs).at(-1) ?? '');
      if (!summary.stopped) break;
      assert.equal(late, 0, `begun after the stop at pause ${String(pause)}`);
      assert.deepEqual(
        [summary.patterns, summary.timings['summary'], summary.timings['words'] ?? 0],
        [{}, undefined, 0],
      );
      await bench.reopen({ hurried: true });
    }
    assert.deepEqual([...stages], ['files', 'idioms', 'history', 'embed']);
    const undisturbed = await openBench(repository.folder, () => NOW);
    try {
      await undisturbed.extract();
      const expected = await patterns(undisturbed);
      assert.ok(expected.some(({ kind }) => kind === 'fix'));
      assert.ok(expected.some(({ kind }) => kind === 'idiom'));
      assert.deepEqual(await patterns(bench), expected);
    } finally {
      await undisturbed.close();
    }
  });

  it('keeps what it read and leaves index and snapshot to the next one', async () => {
    const { summary } = await stopAt(FILES / 2);
    assert.deepEqual([summary.stopped, summary.files.parsed], [true, FILES / 2 - 1]);
    await bench.reopen({ hurried: true });
    assert.deepEqual(derived(), []);
    assert.equal((await patterns(bench)).length, FILES / 2 - 1);
    const next = await bench.extract();
    assert.deepEqual([next.files.parsed, next.files.unchanged], [FILES / 2 + 1, FILES / 2 - 1]);
    assert.equal(derived().length, 2);
  });

  it('measures how often names are mentioned when it was stopped before that', async () => {
    const { summary } = await stopAt(FILES + 1);
    assert.deepEqual([summary.stopped, summary.files.parsed], [true, FILES]);
    const values = async (): Promise<readonly number[]> =>
      (await patterns(bench)).map(({ value }) => value);
    const before = Math.max(...(await values()));
    const next = await bench.extract({ git: false });
    assert.equal(next.files.parsed, 0);
    assert.ok(Math.max(...(await values())) > before);
  });
});
