import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';

import { loadSqlite } from '../../../src/core/platform/sqlite.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import { ASSETS } from '../../support/assets.ts';
import { experimentFolder } from '../../../src/core/library/sequences/experiments.ts';
import { openTestSequences, RUN, sequence } from '../../support/resolution/sequences.ts';
import {
  closeLibrary,
  isOnDisk,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../support/library/library.ts';
import {
  fileOf,
  forgetOf,
  fragmentOf,
  ratingOf,
  restoreOf,
} from '../../support/library/libraryEvents.ts';

const P = 'git:1';

const names = (library: Library): string[] =>
  library.patterns.list({}, Infinity).patterns.map(({ name }) => name);

describe('forgetting for good', () => {
  afterEach(removeLibraries);

  it('[rule 23] leaves no byte of a purged text on the disk', async () => {
    const folder = newLibraryFolder();
    const library = await openTestLibrary(folder);
    const text = 'unforgettable-words';
    const fragment = fragmentOf('alpha', 0, true, text);
    await library.record([fileOf(P, 'a.ts', [fragment, 'beta'])]);
    library.upkeep.saveSnapshot();
    fs.writeFileSync(join(folder, 'derived', 'view-0-00.sqlite'), text);
    fs.writeFileSync(join(folder, 'derived', 'words-1-00.bin'), text);
    for (const kept of ['answers-1', 'trials-1', 'readings-1']) {
      fs.mkdirSync(join(folder, 'derived', kept));
      fs.writeFileSync(join(folder, 'derived', kept, 'one.json'), text);
    }
    const sequences = openTestSequences({ folder: experimentFolder(folder, RUN.experiment) });
    const writer = await sequences.begin(RUN, {});
    await writer.write(sequence('sample-0', { messages: [{ role: 'user', content: text }] }));
    assert.equal(isOnDisk(folder, text), true);
    await library.record([forgetOf('alpha', true)]);
    assert.equal(library.upkeep.compact().purgePending, false);
    assert.equal(isOnDisk(folder, text), false);
    assert.deepEqual(names(library), ['beta']);
    await library.record([fileOf(P, 'a.ts', [fragment])]);
    assert.deepEqual(names(library), []);
    assert.equal(isOnDisk(folder, text), false, 'met again');
    await library.record([restoreOf('alpha')]);
    await library.record([fileOf(P, 'a.ts', [fragment])]);
    assert.deepEqual(names(library), ['alpha']);
  });

  it('[rule 23] deletes vectors of purged texts and keeps the others', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    await library.record([fileOf(P, 'a.ts', ['alpha', 'beta'])]);
    const { vectors, corpus } = library;
    const { createHash } = await import('node:crypto');
    const hashOf = (code: string): string =>
      createHash('sha256').update(code).digest('hex').slice(0, 32);
    const vector = new Float32Array(384).fill(1 / Math.sqrt(384));
    const documents = corpus.documents(corpus.rowIdsByValue());
    vectors.add(documents.map(({ code }) => ({ textHash: hashOf(code), vector })));
    assert.equal(vectors.size, 2);
    await library.record([forgetOf('alpha', true)]);
    library.upkeep.compact();
    assert.equal(vectors.size, 1);
    const [left] = corpus.documents(corpus.rowIdsByValue());
    assert.equal(vectors.has(hashOf(left?.code ?? '')), true);
  });

  it('[rule 23] never writes purged text into a snapshot, though another process asked', async () => {
    const folder = newLibraryFolder();
    const text = 'unforgettable-words';
    const one = await openTestLibrary(folder);
    const two = await openTestLibrary(folder);
    await one.record([fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, text), 'beta'])]);
    two.refresh();
    await one.record([forgetOf('alpha', true)]);
    one.upkeep.compact();
    await two.record([ratingOf('beta', 5)]);
    two.upkeep.rebuild();
    closeLibrary(two);
    assert.equal(isOnDisk(folder, text), false);
  });

  it('[rule 23] removes what another process wrote of it before it knew, when that closes', async () => {
    const folder = newLibraryFolder();
    const text = 'unforgettable-words';
    const alpha = fragmentOf('alpha', 0, true, text);
    const one = await openTestLibrary(folder);
    await one.record([fileOf(P, 'a.ts', [alpha, 'beta'])]);
    const two = await openTestLibrary(folder);
    await one.record([forgetOf('alpha', true)]);
    assert.equal(one.upkeep.compact().purgePending, false);
    await two.record([fileOf(P, 'b.ts', [alpha, 'gamma'])]);
    assert.equal(isOnDisk(folder, text), true);
    closeLibrary(two);
    assert.equal(isOnDisk(folder, text), false);
    one.refresh();
    assert.deepEqual(names(one).sort(), ['beta', 'gamma']);
  });

  it('[rule 24] leaves no deleted text inside the database', async () => {
    const openSqlite = await loadSqlite(ASSETS);
    const db = openSqlite();
    db.script('CREATE TABLE t (a TEXT)');
    db.prepare<[string]>('INSERT INTO t VALUES (?)').run('unforgettable-words'.repeat(50));
    const kept = Buffer.from(db.bytes());
    assert.ok(kept.includes('unforgettable-words'));
    db.prepare('DELETE FROM t').run();
    assert.equal(Buffer.from(db.bytes()).includes('unforgettable-words'), false);
    db.close();
  });
});
