import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openEngine } from '../../../../src/core/engine/open.ts';
import type { Engine } from '../../../../src/core/model/engine.ts';
import { ASSETS } from '../../../support/assets.ts';
import type { TestRepository } from '../../../support/projects/repository.ts';
import { createSampleProject } from '../../../support/projects/sampleProject.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';
import { listed } from '../../../support/engine/found.ts';

describe('two windows of one folder', () => {
  let place: TemporaryFolder;
  let project: TestRepository;

  beforeEach(() => {
    place = createTemporaryFolder();
    project = createSampleProject();
  });
  afterEach(() => {
    place.remove();
    project.remove();
  });

  function openWindow(library: string): Promise<Engine> {
    return openEngine({
      library: join(place.path, library),
      assetsDir: ASSETS,
      folder: project.folder,
      env: {},
      now: () => Date.now(),
      clockMs: () => performance.now(),
    });
  }

  function extract(engine: Engine): Promise<unknown> {
    return engine.jobs.extract({ folder: project.folder, git: true, embed: false });
  }

  it('learn together what one alone would have learned', async () => {
    const alone = await openWindow('alone');
    const windows = [await openWindow('shared'), await openWindow('shared')];
    await extract(alone);
    await Promise.all(windows.map(extract));
    // Both hear of a commit, and the second finds nothing left to do.
    for (const engine of windows) await extract(engine);
    const expected = await learned(alone);
    assert.ok(expected.length > 5);
    for (const engine of windows) assert.deepEqual(await learned(engine), expected);
    for (const engine of [alone, ...windows]) await engine.close();
  });
});

async function learned(engine: Engine): Promise<readonly string[]> {
  const { patterns } = await listed(engine, {}, 1000);
  return patterns
    .map(({ id, name, support, occurrences }) => `${id} ${name} ${support} ${occurrences.length}`)
    .sort();
}
