import assert from 'node:assert/strict';

import { nodeFileSystem } from '../../../../src/core/platform/fileSystem.ts';
import type { PatternId, PatternState } from '../../../../src/core/model/pattern.ts';
import type { Library } from '../../../../src/core/model/ports/library.ts';
import {
  acceptPatterns,
  forgetPatterns,
  restorePatterns,
} from '../../../../src/core/jobs/curate/curate.ts';
import {
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf, idOf, patternOf } from '../../../support/library/libraryEvents.ts';

/** Names of imported patterns; those of the events are all of one pack. */
const NAMES = ['alpha', 'beta', 'gamma', 'delta'];
const PACK = 'pack';

describe('a pack in quarantine', () => {
  let library: Library;
  let flushes: number;
  let isFull: boolean;
  beforeEach(async () => {
    isFull = false;
    const flush = (file: number): void => {
      if (isFull) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
      flushes += 1;
      nodeFileSystem.flush(file);
    };
    library = await openTestLibrary(newLibraryFolder(), {
      fileSystem: { ...nodeFileSystem, flush },
    });
    await library.record([
      ...NAMES.map((name) => patternOf('imported', name)),
      fileOf('git:1', 'a.ts', ['own']),
    ]);
    flushes = 0;
  });
  afterEach(removeLibraries);

  const ids = (...names: readonly string[]): readonly PatternId[] => names.map(idOf).sort();
  const statesOf = (...names: readonly string[]): readonly (PatternState | undefined)[] =>
    names.map((name) => library.patterns.byId(idOf(name))?.state);

  it('is discarded with one write, and comes back with one', async () => {
    const gone = await forgetPatterns(library, { pack: PACK }, false);
    assert.deepEqual([[...gone].sort(), flushes], [ids(...NAMES), 1]);
    assert.deepEqual(new Set(statesOf(...NAMES)), new Set(['forgotten']));
    assert.deepEqual(statesOf('own'), ['live']);
    assert.deepEqual(await restorePatterns(library, { patterns: gone }), gone);
    assert.equal(flushes, 2);
    assert.deepEqual(new Set(statesOf(...NAMES)), new Set(['quarantined']));
  });

  it('is discarded as a whole or not at all', async () => {
    isFull = true;
    await assert.rejects(forgetPatterns(library, { pack: PACK }, false), { code: 'disk-full' });
    assert.deepEqual(new Set(statesOf(...NAMES)), new Set(['quarantined']));
  });

  it('is purged also after it was forgotten', async () => {
    await forgetPatterns(library, { pack: PACK }, false);
    const purged = await forgetPatterns(library, { pack: PACK }, true);
    assert.deepEqual([...purged].sort(), ids(...NAMES));
    library.upkeep.compact();
    await restorePatterns(library, { patterns: purged });
    assert.deepEqual(new Set(statesOf(...NAMES)), new Set([undefined]), 'no text is left');
    assert.deepEqual(statesOf('own'), ['live']);
  });

  it('loses only what waits, and gets back only what was taken from it', async () => {
    await acceptPatterns(library, { pattern: idOf('alpha') });
    await forgetPatterns(library, { pattern: idOf('beta') }, false);
    const gone = await forgetPatterns(library, { pack: PACK }, false);
    assert.deepEqual([...gone].sort(), ids('gamma', 'delta'));
    await restorePatterns(library, { patterns: gone });
    assert.deepEqual(statesOf(...NAMES), ['live', 'forgotten', 'quarantined', 'quarantined']);
    assert.deepEqual(await restorePatterns(library, { pack: PACK }), ids('beta'));
    assert.deepEqual(await forgetPatterns(library, { pack: 'another' }, false), []);
  });

  it('can be erased from the disk too', async () => {
    await forgetPatterns(library, { pack: PACK }, true);
    assert.equal(library.upkeep.compact().purgePending, false);
    assert.deepEqual(new Set(statesOf(...NAMES)), new Set([undefined]));
    assert.deepEqual(statesOf('own'), ['live']);
  });
});
