import assert from 'node:assert/strict';

import { createChanges } from '../../../../src/core/jobs/curate/changes.ts';
import {
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf } from '../../../support/library/libraryEvents.ts';

describe('changes of a library', () => {
  afterEach(removeLibraries);

  it('are told with what others wrote taken in', async () => {
    const folder = newLibraryFolder();
    const [mine, theirs] = [await openTestLibrary(folder), await openTestLibrary(folder)];
    const changes = createChanges(mine);
    const seen = new Promise<number>((resolve) => {
      changes.watch(() => {
        resolve(mine.patterns.list({}, 5).total);
      });
    });
    await theirs.record([fileOf('git:1', 'a.ts', ['alpha'])]);
    assert.equal(await seen, 1);
    changes.close();
  });

  it('are told together where many come at once, the last one included', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const changes = createChanges(library);
    const totals: number[] = [];
    const all = new Promise<void>((resolve) => {
      changes.watch(() => {
        totals.push(library.patterns.list({}, 5).total);
        if (totals.at(-1) === 200) resolve();
      });
    });
    for (let file = 0; file < 200; file++) {
      await library.record([fileOf('git:1', `${file}.ts`, [`word${file}`])]);
    }
    await all;
    changes.close();
    assert.ok(totals.length < 100, `${totals.length} calls`);
  });

  it('beside the journal are told when announced, and to everybody', async () => {
    const changes = createChanges(await openTestLibrary(newLibraryFolder()));
    const calls = [0, 1].map(
      () =>
        new Promise<void>((resolve) => {
          changes.watch(resolve);
        }),
    );
    changes.announce();
    await Promise.all(calls);
    changes.close();
  });
});
