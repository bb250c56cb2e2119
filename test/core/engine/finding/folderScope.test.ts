import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeLog } from '../../../support/sessions/claudeLog.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';
import { POLL, RETRY } from '../../../support/engine/snippets.ts';

describe('projects of folders', () => {
  let bench: Bench;
  let repository: TestRepository | undefined;

  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(async () => {
    await bench.close();
    repository?.remove();
    repository = undefined;
  });

  const titles = async (): Promise<readonly string[]> =>
    (await bench.engine.library.stats()).projects.map(({ name }) => name);

  it('are taken alone by an export from their folder, unless it asks for all', async () => {
    bench.write('mill/poll.js', POLL);
    bench.write('forge/retry.js', RETRY);
    const folders = ['mill', 'forge'].map((name) => join(bench.project, name));
    for (const folder of folders) await bench.extract({ folder, git: false });
    const file = join(bench.project, 'out.pack');
    const namesIn = async (from: readonly string[]): Promise<readonly string[]> => {
      const { count, projects } = await bench.engine.jobs.export(
        { format: 'pack', folders: from },
        file,
      );
      const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
      assert.equal(lines.length, count);
      return [...projects, ...lines.map((line) => (JSON.parse(line) as { name: string }).name)];
    };
    assert.deepEqual(await namesIn(folders.slice(0, 1)), ['mill', 'poll']);
    assert.deepEqual((await namesIn([])).toSorted(), ['poll', 'retry']);
    assert.deepEqual((await namesIn([join(bench.project, 'elsewhere')])).length, 2);
  });

  it('are not told of where only sessions took place that taught nothing', async () => {
    bench.write('mill/poll.js', POLL);
    const mill = join(bench.project, 'mill');
    await bench.extract({ folder: mill, git: false });
    bench.write('log.jsonl', claudeLog('a', bench.project, [{ say: 'All is well.' }]));
    const log = join(bench.project, 'log.jsonl');
    assert.equal((await bench.engine.learning.learn({ names: [log] })).learned, 1);
    assert.deepEqual(await titles(), ['mill']);
    const out = join(bench.project, 'out.pack');
    const { projects } = await bench.engine.jobs.export({ format: 'pack', folders: [mill] }, out);
    assert.deepEqual(projects, ['mill']);
  });

  it('hold a file that is read alone, where they are known', async () => {
    bench.write('mill/poll.js', POLL);
    await bench.extract({ folder: join(bench.project, 'mill'), git: false });
    bench.write('mill/wheel/retry.js', RETRY);
    await bench.extract({ folder: join(bench.project, 'mill/wheel/retry.js') });
    assert.deepEqual(await titles(), ['mill']);
    const { rows } = await bench.engine.find.patterns({ text: '' });
    assert.deepEqual(rows.map(({ path }) => path).toSorted(), ['poll.js', 'wheel/retry.js']);
  });

  it('become one with the repository that they turn out to be a copy of', async () => {
    repository = createRepository();
    repository.commit([{ message: 'begin', files: { 'poll.js': POLL } }]);
    repository.git('checkout', '--quiet', 'main');
    const copy = join(bench.project, 'copy');
    bench.write('copy/poll.js', POLL);
    await bench.extract({ folder: copy });
    await bench.extract({ folder: repository.folder });
    assert.equal((await titles()).length, 2);
    repository.git('clone', '--quiet', '--bare', '.', join(copy, '.git'));
    repository.git('--git-dir', join(copy, '.git'), 'config', 'core.bare', 'false');
    await bench.extract({ folder: copy });
    assert.equal((await titles()).length, 1);
  });
});
