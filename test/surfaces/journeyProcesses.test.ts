import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExtractionSummary } from '../../src/core/model/api/jobs.ts';
import type { Pattern } from '../../src/core/model/pattern.ts';
import { cliJson, ended, runCli, startCli, type CliPlace } from '../support/cli/builtCli.ts';
import { createRepository, type TestRepository } from '../support/projects/repository.ts';

/** Kills during one extraction, from its first steps to its last. */
const KILLS = 10;
const RATINGS = 8;
const FILES = 60;

/** No two have the same template. */
function work(index: number, state: string): string {
  const steps = Array.from(
    { length: index + 1 },
    (_, at) => `  box.step(${'at, '.repeat(at % 7)}box);`,
  );
  return `export function work${String(index)}(box, at) {\n  if (box && at) return ${state};\n${steps.join('\n')}\n  return at || 0;\n}\n`;
}

function createProject(offset: number): TestRepository {
  const repository = createRepository();
  const files = (state: string, step: number): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: FILES / step }, (_, at) => [
        `src/work${String(at * step)}.js`,
        work(at * step + offset, state),
      ]),
    );
  repository.commit([
    { message: 'Add work', files: files('at', 1) },
    ...[2, 3, 4, 5, 6].map((step) => ({
      message: `Fix work ${String(step)}`,
      files: files(`at.next(${'box, '.repeat(step)}1)`, step),
    })),
  ]);
  repository.git('reset', '--hard', '--quiet');
  return repository;
}

describe('several processes over one library', () => {
  let root: string;
  let one: TestRepository;
  let other: TestRepository;

  before(() => {
    root = mkdtempSync(join(tmpdir(), 'pattern-foundry-'));
    one = createProject(0);
    other = createProject(FILES);
  });
  after(() => {
    for (const folder of [root, one.folder, other.folder]) {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const place = (library: string, cwd = one.folder): CliPlace => ({
    library: join(root, library),
    cwd,
  });
  const extract = (at: CliPlace, ...flags: readonly string[]): Promise<ExtractionSummary> =>
    cliJson<ExtractionSummary>(at, ['extract', ...flags]);
  /** What the library shows, whoever wrote it. */
  const dump = async (at: CliPlace): Promise<readonly string[]> => {
    const { patterns } = await cliJson<{ patterns: Pattern[] }>(at, [
      'list',
      ...['--all', '--all-versions', '--limit', '100000'],
    ]);
    return patterns
      .map(({ id, support, occurrences }) => JSON.stringify([id, support, occurrences]))
      .sort();
  };

  it('lose nothing of two extractions and of ratings between them', async () => {
    const shared = place('shared');
    await extract(shared, '--no-git', '--no-embed');
    const { patterns } = await cliJson<{ patterns: Pattern[] }>(shared, ['list']);
    const [first] = patterns;
    assert.ok(first);
    const rate = async (rater: string): Promise<void> => {
      for (let at = 0; at < RATINGS; at += 1) {
        await cliJson(shared, ['rate', first.id, 'up', '--session', `${rater} ${String(at)}`]);
      }
    };
    await Promise.all([
      extract(shared, '--no-embed'),
      extract({ ...shared, cwd: other.folder }, '--no-embed'),
      rate('a'),
      rate('b'),
    ]);
    const alone = place('alone');
    await extract(alone, '--no-embed');
    await extract({ ...alone, cwd: other.folder }, '--no-embed');
    assert.deepEqual(await dump(shared), await dump(alone));
    const { pattern } = await cliJson<{ pattern: Pattern }>(shared, ['show', first.id]);
    assert.deepEqual([pattern.ratingCount, pattern.successCount], [2 * RATINGS, 2 * RATINGS]);
    assert.equal((await runCli(shared, ['doctor'])).code, 0);
  });

  it('are killed at any instant and the next run ends where an undisturbed one does', async () => {
    const undisturbed = place('undisturbed');
    const startMs = performance.now();
    await extract(undisturbed, '--no-embed');
    let tookMs = performance.now() - startMs;
    const killed = place('killed');
    let kills = 0;
    for (let at = 0; at < KILLS; at += 1) {
      const startedMs = performance.now();
      const child = startCli(killed, ['extract', '--no-embed']);
      const timer = setTimeout(() => child.kill('SIGKILL'), (tookMs * (at + 1)) / (KILLS + 1));
      const [, signal] = (await once(child, 'close')) as [number | null, string | null];
      clearTimeout(timer);
      if (signal === 'SIGKILL') kills += 1;
      // On a machine that is less busy by now, or has less left to do.
      else tookMs = performance.now() - startedMs;
    }
    assert.ok(kills >= KILLS / 2, `${String(kills)} kills`);
    await extract(killed, '--no-embed');
    assert.deepEqual(await dump(killed), await dump(undisturbed));
    assert.equal((await runCli(killed, ['doctor'])).code, 0);
  });

  it('stop at Ctrl-C with a summary, and the next run embeds what is left, no text twice', async () => {
    const stopped = place('stopped');
    const child = startCli(stopped, ['extract', '--json']);
    const run = ended(child);
    child.stderr.on('data', (text: string) => {
      if (text.includes('preparing semantic search')) child.kill('SIGINT');
    });
    const { code, out } = await run;
    assert.equal(code, 130);
    const first = JSON.parse(out) as ExtractionSummary;
    assert.equal(first.stopped, true);
    const second = await extract(stopped);
    assert.equal(second.stopped, false);
    assert.ok(second.embedded > 0, 'it was stopped before the end');
    const third = await extract(stopped);
    assert.deepEqual([third.embedded, third.files.parsed, third.commits.seen], [0, 0, 0]);
    const { vectors } = await cliJson<{ vectors: number }>(stopped, ['stats']);
    assert.equal(first.embedded + second.embedded, vectors);
  });

  it('stop at Ctrl-C while files are read, and the next run goes on', async () => {
    const stopped = place('early');
    const child = startCli(stopped, ['extract', '--json', '--no-embed']);
    const run = ended(child);
    child.stderr.once('data', () => child.kill('SIGINT'));
    const { code, out } = await run;
    assert.equal(code, 130);
    assert.equal((JSON.parse(out) as ExtractionSummary).stopped, true);
    await extract(stopped, '--no-embed');
    assert.deepEqual(await dump(stopped), await dump(place('undisturbed')));
  });
});
