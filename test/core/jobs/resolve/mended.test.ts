import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';

import { mendedBy as findMendedBy } from '../../../../src/core/jobs/resolve/resolve.ts';
import { openExperiment } from '../../../../src/core/jobs/resolve/record/openExperiment.ts';
import { createSecretGate } from '../../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../../src/core/sources/config/config.ts';
import { ASSETS } from '../../../support/assets.ts';
import { type Bench, openBench } from '../../../support/engine/engine.ts';
import { createRepository, type TestRepository } from '../../../support/projects/repository.ts';

const TITLE = 'parsing input with a trailing semicolon gives an empty statement';

function parser(isFixed: boolean): string {
  const strip = isFixed ? '    text = text.rstrip(";")\n' : '';
  return `def parse_input(text):\n${strip}    return text.split(";")\n`;
}

/** So many functions that no two versions of them have a line in common. */
function made(version: string): string {
  return Array.from(
    { length: 400 },
    (_, at) => `def ${version}_${at}():\n    return "${version} ${at}"\n`,
  ).join('');
}

describe('telling what mended an issue already', () => {
  const repositories: TestRepository[] = [];
  let bench: Bench;
  before(async () => {
    bench = await openBench(repository('parser.py', parser(false), parser(true)).folder);
  });
  after(async () => {
    await bench.close();
    for (const one of repositories) one.remove();
  });

  function repository(path: string, before: string, after: string): TestRepository {
    const made = createRepository();
    repositories.push(made);
    made.commit([
      { message: 'first', files: { [path]: before } },
      { message: `fix: ${TITLE}`, files: { [path]: after } },
    ]);
    made.git('reset', '--quiet', '--hard', 'main');
    return made;
  }
  const mendedBy = (folder: string) => bench.engine.resolution.mendedBy({ text: TITLE, folder });

  it('names the file alone where the fix made all of it anew', async () => {
    const { folder } = repository('parser.py', made('old'), made('new'));
    const found = await mendedBy(folder);
    assert.deepEqual(found?.places, [{ path: 'parser.py', symbol: null, range: null }]);
  });

  it('waits for no meaning of code', async () => {
    const { folder } = repository('parser.py', parser(false), parser(true));
    const asked: unknown[] = [];
    const parts = {
      ...{ libraryFolder: bench.library, assetsDir: ASSETS, gate: createSecretGate() },
      ...{ settings: (of: string) => loadConfig(of, {}).config, now: () => 1, env: {} },
      ...{ current: () => assert.fail(), words: () => assert.fail(), chat: () => assert.fail() },
      meaning: {
        model: 'none',
        nearness: (_issue: unknown, _files: unknown, { atOnce }: { readonly atOnce?: unknown }) => {
          asked.push(atOnce);
          return Promise.resolve(new Map<string, number>());
        },
        cosines: () => Promise.resolve(undefined),
        close: () => Promise.resolve(),
      },
    };
    assert.notEqual(await findMendedBy(parts, { text: TITLE, folder }, {}), undefined);
    assert.deepEqual(asked, [true]);
  });

  it('tells of no commit of which a partial clone lacks what it changed', async () => {
    const origin = repository('parser.py', parser(false), parser(true));
    origin.git('config', 'uploadpack.allowFilter', 'true');
    const clone = `${origin.folder}-partial`;
    origin.git('clone', '--quiet', '--filter=blob:none', `file://${origin.folder}`, clone);
    try {
      assert.notEqual(await mendedBy(origin.folder), null);
      assert.equal(await mendedBy(clone), null);
    } finally {
      rmSync(clone, { recursive: true });
    }
  });

  it('is recorded with what was chosen, as one more run of the same way', async () => {
    const [first] = repositories;
    const resolve = (text: string) =>
      bench.engine.resolution.resolve(
        { text, folder: first?.folder ?? '' },
        { localizer: 'words', isRecorded: true },
      );
    const { mendedBy: told } = await resolve(TITLE);
    await resolve('the clock shows the time of another town');
    const storage = openExperiment(
      { libraryFolder: bench.library, gate: createSecretGate(), now: Date.now },
      'resolve',
    );
    const runs = storage.runs();
    const recorded = runs.map(({ sequences }) => {
      const output = sequences.map((id) => storage.read(id)?.output).at(-1);
      return output?.stage === 'selection' ? output.selected.mendedBy : null;
    });
    storage.close();
    assert.notEqual(told, null);
    assert.deepEqual(recorded, [told, undefined]);
    assert.equal(new Set(runs.map(({ key }) => key.hypers)).size, 1);
  });
});
