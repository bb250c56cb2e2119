import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';

import { FACTS } from '../../../../src/core/library/facts/all.ts';
import { dumpView } from '../../../../src/core/library/view/dump.ts';
import { createLongTexts } from '../../../../src/core/library/texts/longTexts.ts';
import { loadSqlite } from '../../../../src/core/platform/sqlite.ts';
import {
  readSnapshot,
  listSnapshots,
  writeSnapshot,
} from '../../../../src/core/library/view/snapshot.ts';
import { openEmptyView, openView, VIEW_VERSION } from '../../../../src/core/library/view/view.ts';
import type { Library } from '../../../../src/core/model/ports/library.ts';
import { ASSETS } from '../../../support/assets.ts';
import {
  closeLibrary,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import { fileOf, idOf, ratingOf } from '../../../support/library/libraryEvents.ts';

const P = 'git:1';

const names = (library: Library): string[] =>
  library.patterns.list({}, Infinity).patterns.map(({ name }) => name);

const derived = (folder: string): string => join(folder, 'derived');

/** A closed library with a snapshot of one pattern. */
async function libraryWithSnapshot(): Promise<{ folder: string; id: string }> {
  const folder = newLibraryFolder();
  const library = await openTestLibrary(folder);
  await library.record([fileOf(P, 'a.ts', ['alpha'])]);
  closeLibrary(library);
  const [id = ''] = listSnapshots(derived(folder));
  return { folder, id };
}

/** Writes bytes over a file's middle. */
function damage(path: string): void {
  const bytes = fs.readFileSync(path);
  bytes.fill(0x5a, bytes.length / 2, bytes.length / 2 + 10);
  fs.writeFileSync(path, bytes);
}

describe('the version of the view', () => {
  afterEach(removeLibraries);

  it('is raised with every change of its tables', () => {
    const tables = fs.readFileSync(join(ASSETS, 'schema.sql'), 'utf8') + FACTS.tables;
    const statements = tables.replaceAll(/--.*$/gm, '').split(/\s+/).join(' ');
    const hash = createHash('sha256').update(statements).digest('hex').slice(0, 12);
    // A snapshot of other tables must not be opened: change the two together.
    assert.deepEqual([VIEW_VERSION, hash], [22, '1e735eb07127']);
  });
});

describe('snapshots', () => {
  afterEach(removeLibraries);

  it('clear away what killed processes left half written of any derived file', async () => {
    const { folder } = await libraryWithSnapshot();
    const kinds = ['view-1-a.sqlite.b', 'texts-1-a.bin.b', 'words-1-a.bin.b', 'scan-1-a.json.b'];
    const left = kinds.map((name) => `${name}.tmp`);
    for (const name of left) {
      fs.writeFileSync(join(derived(folder), name), '');
      fs.utimesSync(join(derived(folder), name), 1, 1);
    }
    writeSnapshot(derived(folder), {
      bytes: new Uint8Array([1]),
      texts: [],
      highestRev: 9,
      random: (sizeBytes) => new Uint8Array(sizeBytes),
    });
    assert.deepEqual(
      fs.readdirSync(derived(folder)).filter((name) => name.endsWith('.tmp')),
      [],
    );
  });

  it('[rule 20] hold their offsets, so that only what came later is read again', async () => {
    const { folder, id } = await libraryWithSnapshot();
    const openSqlite = await loadSqlite(ASSETS);
    const read = readSnapshot(derived(folder), id);
    assert.ok(read !== undefined);
    const view = openView(openSqlite(read.file), createLongTexts());
    const journal = join(folder, 'journal');
    const [file = ''] = fs.readdirSync(journal);
    assert.deepEqual([...view.progress.offsets.values()], [fs.statSync(join(journal, file)).size]);
    assert.equal(view.progress.highestRev, 1);
    view.db.close();
    const library = await openTestLibrary(folder);
    assert.equal(library.corpus.snapshot?.id, id);
    assert.deepEqual(library.corpus.snapshot.version, library.corpus.version);
  });

  it('[rule 20] carry the version of the event handling, and only their own is loaded', async () => {
    const { folder, id } = await libraryWithSnapshot();
    const name = `view-${VIEW_VERSION}-${id}.sqlite`;
    const views = fs.readdirSync(derived(folder)).filter((file) => file.startsWith('view-'));
    assert.deepEqual(views, [name]);
    const later = `view-${VIEW_VERSION + 1}-${id}.sqlite`;
    fs.renameSync(join(derived(folder), name), join(derived(folder), later));
    const library = await openTestLibrary(folder);
    assert.equal(library.corpus.snapshot, undefined);
    assert.deepEqual(names(library), ['alpha']);
    closeLibrary(library);
    assert.ok(fs.existsSync(join(derived(folder), later)));
    assert.equal(listSnapshots(derived(folder)).length, 1);
  });

  it('[rule 20] are never replaced in place, and the newest is loaded', async () => {
    const { folder, id } = await libraryWithSnapshot();
    const before = fs.readFileSync(join(derived(folder), `view-${VIEW_VERSION}-${id}.sqlite`));
    const library = await openTestLibrary(folder);
    await library.record([fileOf(P, 'b.ts', ['beta'])]);
    library.upkeep.compact();
    const [newest, ...older] = listSnapshots(derived(folder));
    assert.deepEqual(older, [id]);
    assert.notEqual(newest, id);
    assert.equal(library.corpus.snapshot?.id, newest);
    const after = fs.readFileSync(join(derived(folder), `view-${VIEW_VERSION}-${id}.sqlite`));
    assert.ok(after.equals(before));
    closeLibrary(library);
    assert.equal((await openTestLibrary(folder)).corpus.snapshot?.id, newest);
  });

  it('delete older ones with their word index after a grace', () => {
    const folder = newLibraryFolder();
    let made = 0;
    const write = (): string =>
      writeSnapshot(folder, {
        bytes: new Uint8Array(10),
        texts: [],
        highestRev: ++made,
        random: () => new Uint8Array(6),
      }) ?? '';
    const first = write();
    const second = write();
    for (const id of [first, second]) fs.writeFileSync(join(folder, `words-1-${id}.bin`), '');
    const longAgo = new Date(Date.now() - 3_600_000);
    fs.utimesSync(join(folder, `view-${VIEW_VERSION}-${first}.sqlite`), longAgo, longAgo);
    const third = write();
    assert.deepEqual(listSnapshots(folder), [third, second]);
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.startsWith('words')),
      [`words-1-${second}.bin`],
    );
  });

  it('delete those of other versions when nobody wrote one for a week', () => {
    const folder = newLibraryFolder();
    const [abandoned, inUse] = ['view-1-1.sqlite', `view-${VIEW_VERSION + 1}-1.sqlite`];
    for (const name of [abandoned, inUse]) fs.writeFileSync(join(folder, name), '');
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3_600_000);
    const yesterday = new Date(Date.now() - 24 * 3_600_000);
    fs.utimesSync(join(folder, abandoned), eightDaysAgo, eightDaysAgo);
    fs.utimesSync(join(folder, inUse), yesterday, yesterday);
    writeSnapshot(folder, {
      bytes: new Uint8Array(10),
      texts: [],
      highestRev: 1,
      random: () => new Uint8Array(6),
    });
    assert.ok(!fs.existsSync(join(folder, abandoned)));
    assert.ok(fs.existsSync(join(folder, inUse)));
  });

  /** A library of two patterns, whose first journal file has lost all but its header. */
  async function shortenedLibrary(as: 'open' | 'sealed'): Promise<string> {
    const { folder } = await libraryWithSnapshot();
    const journal = join(folder, 'journal');
    const [file = ''] = fs.readdirSync(journal);
    const whole = fs.readFileSync(join(journal, file), 'utf8');
    const library = await openTestLibrary(folder);
    await library.record([fileOf(P, 'b.ts', ['beta'])]);
    closeLibrary(library);
    fs.rmSync(join(folder, 'seals'), { recursive: true });
    fs.rmSync(join(journal, file));
    const header = whole.slice(0, whole.indexOf('\n') + 1);
    fs.writeFileSync(join(journal, file.replace('sealed', as)), header);
    return folder;
  }

  it('[rule 21] are discarded when an offset is beyond the end of a file that may grow', async () => {
    const library = await openTestLibrary(await shortenedLibrary('open'));
    assert.deepEqual(names(library), ['beta']);
    assert.equal(library.corpus.snapshot, undefined);
  });

  it('are kept when they hold what a sealed file has lost', async () => {
    const library = await openTestLibrary(await shortenedLibrary('sealed'));
    assert.deepEqual(names(library), ['alpha', 'beta']);
  });

  it('are made anew from the journals when missing, damaged or cut off', async () => {
    const breakages: ((path: string) => void)[] = [
      fs.unlinkSync,
      damage,
      (path) => {
        fs.truncateSync(path, fs.statSync(path).size / 2);
      },
      (path) => {
        fs.writeFileSync(path, '');
      },
    ];
    for (const breakIt of breakages) {
      const { folder, id } = await libraryWithSnapshot();
      breakIt(join(derived(folder), `view-${VIEW_VERSION}-${id}.sqlite`));
      const library = await openTestLibrary(folder);
      assert.deepEqual(names(library), ['alpha']);
      assert.equal(library.corpus.snapshot, undefined);
      await library.record([ratingOf('alpha', 5)]);
      closeLibrary(library);
      const again = await openTestLibrary(folder);
      assert.equal(again.patterns.byId(idOf('alpha'))?.ratingCount, 1);
    }
  });

  it('are not written again after a few events', async () => {
    const { folder, id } = await libraryWithSnapshot();
    for (let call = 0; call < 5; call++) {
      const library = await openTestLibrary(folder);
      await library.record([ratingOf('alpha', 5, `s${call}`)]);
      closeLibrary(library);
    }
    assert.deepEqual(listSnapshots(derived(folder)), [id]);
    const library = await openTestLibrary(folder);
    assert.equal(library.patterns.byId(idOf('alpha'))?.ratingCount, 5);
  });

  it('give later revisions than all that the snapshot covers', async () => {
    const { folder } = await libraryWithSnapshot();
    const library = await openTestLibrary(folder);
    const [event] = await library.record([ratingOf('alpha', 5)]);
    assert.equal(event?.rev, 2);
  });

  it('hold the same view as the journals, compacted or not', async () => {
    const folder = newLibraryFolder();
    const one = await openTestLibrary(folder);
    await one.record([fileOf(P, 'a.ts', ['alpha', 'beta']), ratingOf('alpha', 4)]);
    await one.record([fileOf(P, 'a.ts', ['beta']), ratingOf('alpha', 2)]);
    one.upkeep.compact();
    one.upkeep.rebuild();
    const [id = ''] = listSnapshots(derived(folder));
    const openSqlite = await loadSqlite(ASSETS);
    const read = readSnapshot(derived(folder), id);
    assert.ok(read !== undefined);
    const view = openView(openSqlite(read.file), createLongTexts());
    const lines = [...dumpView(view.db, true)];
    assert.ok(lines.length > 5);
    assert.equal(view.db.prepare<[], [number]>('SELECT count(*) FROM ratings').get()?.[0], 2);
    assert.deepEqual(
      one.upkeep.check().findings.filter(({ level }) => level !== 'ok'),
      [],
    );
    view.db.close();
  });

  it('[rule 22] have a rowid in every table', async () => {
    const openSqlite = await loadSqlite(ASSETS);
    const { db } = openEmptyView(openSqlite, ASSETS, 0);
    const tables = db
      .prepare<[], [string, number]>(
        "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
      )
      .all();
    assert.ok(tables.length > 10);
    assert.deepEqual(
      tables.filter(([, isWithoutRowid]) => isWithoutRowid === 1),
      [],
    );
    db.close();
  });
});
