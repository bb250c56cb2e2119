import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';

import type { Library } from '../../../../src/core/model/ports/library.ts';
import {
  closeLibrary,
  isOnDisk,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../../support/library/library.ts';
import {
  commitOf,
  changeOf,
  fileOf,
  forgetOf,
  fragmentOf,
  idiomOf,
  idiomsOf,
  idOf,
  ratingOf,
} from '../../../support/library/libraryEvents.ts';

const P = 'git:1';
const TEXT = 'a very long remark';

const derived = (folder: string): string => join(folder, 'derived');

function filesOf(folder: string, start: 'texts-' | 'view-'): readonly string[] {
  return fs
    .readdirSync(derived(folder))
    .filter((name) => name.startsWith(start))
    .map((name) => join(derived(folder), name));
}

/** A closed library of code, a change and an idiom, with a snapshot. */
async function savedLibrary(): Promise<string> {
  const folder = newLibraryFolder();
  const library = await openTestLibrary(folder);
  await library.record([
    fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, TEXT), 'beta']),
    commitOf(P, 'c'.repeat(40), [changeOf('gamma')]),
    idiomsOf(P, [idiomOf('delta', ['a.ts', 'b.ts'])]),
  ]);
  closeLibrary(library);
  return folder;
}

/** All that a library says of its patterns, as a person, an index and an export read it. */
function saidBy(library: Library): unknown {
  const documents = library.corpus.documents(library.corpus.rowIdsByValue());
  const words = documents.map(({ id, code, before, template }) => [id, code, before, template]);
  return [library.patterns.list({}, Infinity).patterns, words.sort()];
}

/** Alters a byte of a text in every file of texts. */
function alterTexts(folder: string): void {
  for (const path of filesOf(folder, 'texts-')) {
    const bytes = fs.readFileSync(path);
    bytes.fill('?', bytes.indexOf(TEXT), bytes.indexOf(TEXT) + 1);
    fs.writeFileSync(path, bytes);
  }
}

describe('texts of a library', () => {
  afterEach(removeLibraries);

  it('lie beside the snapshot, for their owner alone, and are read from there', async () => {
    const folder = await savedLibrary();
    const [texts = '', ...others] = filesOf(folder, 'texts-');
    const [view = ''] = filesOf(folder, 'view-');
    assert.deepEqual(others, []);
    assert.ok(fs.readFileSync(texts).includes(TEXT));
    // What a comment says is searched, and so stands in the view.
    assert.ok(!fs.readFileSync(view).includes(`'${TEXT}'`));
    if (process.platform !== 'win32') assert.equal(fs.statSync(texts).mode & 0o777, 0o600);
    const library = await openTestLibrary(folder);
    assert.notEqual(library.corpus.snapshot, undefined);
    const said = saidBy(library);
    library.upkeep.rebuild();
    assert.deepEqual(saidBy(library), said);
  });

  it('are those of former versions, too', async () => {
    const folder = newLibraryFolder();
    const library = await openTestLibrary(folder);
    const former = { name: 'alpha', description: 'as it was', tags: [], code: `once ${TEXT}` };
    await library.record([
      fileOf(P, 'a.ts', ['alpha']),
      {
        type: 'version',
        pattern: idOf('alpha'),
        version: '0123abcd',
        since: 7,
        projects: [P],
        ...former,
      },
    ]);
    const codes = (of: Library): readonly string[] =>
      of.versions.of(idOf('alpha')).map(({ code }) => code);
    const held = codes(library);
    assert.ok(held.includes(former.code));
    closeLibrary(library);
    const [view = ''] = filesOf(folder, 'view-');
    assert.ok(!fs.readFileSync(view).includes(`once ${TEXT}`));
    const again = await openTestLibrary(folder);
    assert.deepEqual(codes(again), held);
    closeLibrary(again);
    alterTexts(folder);
    assert.deepEqual(codes(await openTestLibrary(folder)), held);
  });

  it('hold no secrets', async () => {
    const folder = newLibraryFolder();
    const library = await openTestLibrary(folder);
    await library.record([fileOf(P, 'a.ts', [fragmentOf('alpha', 0, true, 'hunter2-secret')])]);
    closeLibrary(library);
    const [texts = ''] = filesOf(folder, 'texts-');
    assert.ok(fs.readFileSync(texts).includes('<password>'));
    assert.ok(!fs.readFileSync(texts).includes('hunter2-secret'));
  });

  it('go with a library that is copied elsewhere', async () => {
    const folder = await savedLibrary();
    const copy = join(newLibraryFolder(), 'of a library');
    fs.cpSync(folder, copy, { recursive: true });
    fs.rmSync(folder, { recursive: true });
    const library = await openTestLibrary(copy);
    assert.notEqual(library.corpus.snapshot, undefined);
    assert.equal(library.patterns.list({}, Infinity).total, 4);
  });

  const DAMAGES: Readonly<Record<string, (path: string) => void>> = {
    'is gone': (path) => {
      fs.rmSync(path);
    },
    'was cut off': (path) => {
      fs.truncateSync(path, 40);
    },
    'is empty': (path) => {
      fs.truncateSync(path, 0);
    },
  };
  for (const [how, damage] of Object.entries(DAMAGES)) {
    it(`are made anew from the journal where their file ${how}`, async () => {
      const folder = await savedLibrary();
      const whole = await openTestLibrary(folder);
      const said = saidBy(whole);
      closeLibrary(whole);
      for (const path of filesOf(folder, 'texts-')) damage(path);
      const library = await openTestLibrary(folder);
      assert.equal(library.corpus.snapshot, undefined);
      assert.deepEqual(saidBy(library), said);
    });
  }

  const READERS: Readonly<Record<string, (library: Library) => unknown>> = {
    'a pattern is shown': (library) => library.patterns.byId(idOf('alpha')),
    'an index is made': (library) => [...library.corpus.changesSince(0)].length,
    'rows are read': ({ corpus }) => corpus.documents(corpus.rowIdsByValue()),
    'versions are told apart': (library) => library.versions.names([idOf('alpha')]),
    'a database is exported': (library) => library.upkeep.sqliteBytes().length > 0,
  };
  for (const [when, read] of Object.entries(READERS)) {
    it(`that were altered are made anew when ${when}`, async () => {
      const folder = await savedLibrary();
      const whole = await openTestLibrary(folder);
      const [wanted, said] = [read(whole), saidBy(whole)];
      closeLibrary(whole);
      alterTexts(folder);
      const library = await openTestLibrary(folder);
      assert.deepEqual(read(library), wanted);
      closeLibrary(library);
      const again = await openTestLibrary(folder);
      assert.deepEqual(saidBy(again), said);
      assert.deepEqual(
        again.upkeep.check().findings.filter(({ level }) => level !== 'ok'),
        [],
      );
    });
  }

  it('that were altered while somebody reads them all in turn are met again, as they are', async () => {
    const folder = await savedLibrary();
    alterTexts(folder);
    const library = await openTestLibrary(folder);
    const rows = new Map<number, string>();
    for (const { rowId, document } of library.corpus.changesSince(0)) {
      if (document === undefined) rows.delete(rowId);
      else rows.set(rowId, document.code);
    }
    const { corpus } = library;
    const held = corpus.documents(corpus.rowIdsByValue()).map(({ rowId, code }) => [rowId, code]);
    assert.deepEqual(
      [...rows].sort(([a], [b]) => a - b),
      held.sort(([a], [b]) => Number(a) - Number(b)),
    );
  });

  it('that were altered are found by the doctor, and mended', async () => {
    const folder = await savedLibrary();
    alterTexts(folder);
    const library = await openTestLibrary(folder);
    const troubles = (): readonly string[] =>
      library.upkeep.check().findings.flatMap(({ level, check }) => (level === 'ok' ? [] : check));
    assert.deepEqual(troubles(), ['texts']);
    library.upkeep.rebuild();
    assert.deepEqual(troubles(), []);
  });

  it('that are damaged like the journal are not shown, and the rest is saved', async () => {
    const folder = await savedLibrary();
    const journal = join(folder, 'journal');
    for (const name of fs.readdirSync(journal)) fs.rmSync(join(journal, name));
    alterTexts(folder);
    const library = await openTestLibrary(folder);
    assert.throws(() => library.patterns.byId(idOf('alpha')), { code: 'library-damaged' });
    assert.equal(library.patterns.byId(idOf('gamma'))?.name, 'gamma');
    assert.ok(library.upkeep.recover() > 0);
    assert.equal(library.patterns.byId(idOf('alpha')), undefined);
    assert.equal(library.patterns.byId(idOf('gamma'))?.name, 'gamma');
  });

  it('are read on while another process replaces their file', async () => {
    const folder = await savedLibrary();
    const one = await openTestLibrary(folder);
    const two = await openTestLibrary(folder);
    const said = saidBy(one);
    two.upkeep.rebuild();
    two.upkeep.compact();
    assert.deepEqual(saidBy(one), said);
    await one.record([ratingOf('alpha', 5)]);
    one.upkeep.compact();
    closeLibrary(one);
    closeLibrary(two);
    const again = await openTestLibrary(folder);
    assert.notEqual(again.corpus.snapshot, undefined);
    assert.equal(again.patterns.byId(idOf('alpha'))?.ratingCount, 1);
  });

  it('of a purged pattern leave every file, also while another process holds them open', async () => {
    const folder = await savedLibrary();
    const one = await openTestLibrary(folder);
    const two = await openTestLibrary(folder);
    await one.record([forgetOf('alpha', true)]);
    assert.equal(one.upkeep.compact().purgePending, false);
    assert.equal(isOnDisk(folder, TEXT), false);
    await two.record([fileOf(P, 'b.ts', ['epsilon'])]);
    two.upkeep.compact();
    assert.equal(isOnDisk(folder, TEXT), false);
    assert.equal(two.patterns.byId(idOf('beta'))?.name, 'beta');
  });
});
