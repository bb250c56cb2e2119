import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';

import type { DoctorFinding } from '../../../src/core/model/ports/libraryUpkeep.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import {
  closeLibrary,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../support/library/library.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  idOf,
  ratingOf,
} from '../../support/library/libraryEvents.ts';
import { encodeLine } from '../../../src/core/library/journal/line.ts';

const P = 'git:1';

const troubles = (library: Library): readonly (readonly [string, DoctorFinding['level']])[] =>
  library.upkeep
    .check()
    .findings.filter(({ level }) => level !== 'ok')
    .map(({ check, level }) => [check, level]);

async function smallLibrary(folder: string): Promise<Library> {
  const library = await openTestLibrary(folder);
  await library.record([fileOf(P, 'a.ts', ['alpha', 'beta']), ratingOf('alpha', 5)]);
  return library;
}

describe('the doctor', () => {
  afterEach(removeLibraries);

  it('finds nothing wrong with a sound library, edited, folded and purged', async () => {
    const library = await smallLibrary(newLibraryFolder());
    assert.deepEqual(troubles(library), []);
    await library.record([
      fileOf(P, 'a.ts', ['beta']),
      { type: 'project', project: P, name: 'mine', aliases: ['dir:/p'] },
      { type: 'succession', from: idOf('alpha'), to: idOf('beta') },
    ]);
    library.upkeep.compact();
    assert.deepEqual(troubles(library), []);
    await library.record([forgetOf('beta', true)]);
    assert.deepEqual(troubles(library), [['purge', 'warning']]);
    library.upkeep.compact();
    assert.deepEqual(troubles(library), []);
    library.upkeep.rebuild();
    assert.deepEqual(troubles(library), []);
  });

  it('finds events with a date that cannot be shown, and a rebuild takes it out', async () => {
    const folder = newLibraryFolder();
    closeLibrary(await smallLibrary(folder));
    const journal = join(folder, 'journal');
    const [file = ''] = fs.readdirSync(journal);
    const commit = { ...commitOf(P, 'c1', [changeOf('gamma')]), dateSeconds: 99_999_999_999_999 };
    fs.appendFileSync(join(journal, file), encodeLine({ ...commit, id: 'x.1', rev: 9, at: 1e18 }));
    const library = await openTestLibrary(folder);
    const fix = library.patterns.byId(idOf('gamma'));
    assert.equal(fix?.provenance.commit, 'c1');
    assert.equal(fix.provenance.date, null);
    assert.deepEqual(troubles(library), [['journal-values', 'warning']]);
    library.upkeep.rebuild();
    closeLibrary(library);
    const again = await openTestLibrary(folder);
    assert.deepEqual(troubles(again), []);
    assert.deepEqual(again.patterns.byId(idOf('gamma')), fix);
  });

  it('counts unreadable lines and events of a later version', async () => {
    const folder = newLibraryFolder();
    closeLibrary(await smallLibrary(folder));
    const journal = join(folder, 'journal');
    const [file = ''] = fs.readdirSync(journal);
    fs.appendFileSync(join(journal, file), 'garbage\n');
    const later: unknown = { type: 'dream', id: 'x.1', rev: 9, at: 0 };
    fs.appendFileSync(join(journal, file), encodeLine(later as Parameters<typeof encodeLine>[0]));
    const library = await openTestLibrary(folder);
    assert.deepEqual(troubles(library), [
      ['journal-lines', 'warning'],
      ['journal-later', 'warning'],
    ]);
  });

  it('says when a snapshot is damaged', async () => {
    const folder = newLibraryFolder();
    closeLibrary(await smallLibrary(folder));
    const derived = join(folder, 'derived');
    const [name = ''] = fs.readdirSync(derived).filter((file) => file.startsWith('view-'));
    fs.truncateSync(join(derived, name), 1000);
    const library = await openTestLibrary(folder);
    assert.deepEqual(troubles(library), [['snapshots', 'warning']]);
    library.upkeep.rebuild();
    assert.deepEqual(troubles(library), []);
  });

  it('says when the view is not what the journals say', async () => {
    const folder = newLibraryFolder();
    closeLibrary(await smallLibrary(folder));
    const journal = join(folder, 'journal');
    const [file = ''] = fs.readdirSync(journal);
    const library = await openTestLibrary(folder);
    const whole = fs.readFileSync(join(journal, file), 'latin1');
    const lines = whole.split('\n');
    const cut = `${lines.slice(0, 2).join('\n')}\n`;
    fs.writeFileSync(join(journal, file), cut, 'latin1');
    assert.deepEqual(troubles(library), [
      ['journal-lost', 'error'],
      ['journal-recoverable', 'error'],
    ]);
    library.upkeep.recover();
    assert.deepEqual(troubles(library), []);
    assert.equal(library.patterns.byId(idOf('alpha'))?.ratingCount, 1);
  });

  it('makes all derived data anew without touching the journal', async () => {
    const folder = newLibraryFolder();
    const library = await smallLibrary(folder);
    const vector = new Float32Array(384).fill(1 / Math.sqrt(384));
    library.vectors.add([{ textHash: '0'.repeat(32), vector }]);
    const journal = fs.readdirSync(join(folder, 'journal'));
    library.upkeep.rebuild();
    assert.deepEqual(fs.readdirSync(join(folder, 'journal')), journal);
    assert.equal(library.vectors.size, 1);
    assert.equal(library.upkeep.stats().vectors, 1);
    assert.equal(library.patterns.byId(idOf('alpha'))?.ratingCount, 1);
  });

  it('counts what the library holds', async () => {
    const library = await smallLibrary(newLibraryFolder());
    await library.record([
      { type: 'project', project: P, name: 'mine', aliases: [] },
      { type: 'impressions', writer: 'w', day: '2026-01-01', counts: { [idOf('alpha')]: 3 } },
      { type: 'variant', pattern: idOf('beta'), of: idOf('alpha'), cosine: 1, overlap: 1 },
    ]);
    const { journalBytes, derivedBytes, ...counts } = library.upkeep.stats();
    assert.ok(journalBytes > 1000);
    assert.equal(derivedBytes, 0);
    assert.deepEqual(counts, {
      patterns: { function: 1 },
      languages: { typescript: 1 },
      projects: [{ key: P, name: 'mine', files: 1, patterns: 1 }],
      states: { live: 1, retired: 1 },
      variants: 1,
      ratings: 1,
      impressions: 3,
      uses: 0,
      vectors: 0,
    });
  });
});
