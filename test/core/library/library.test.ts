import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';

import { nodeFileSystem } from '../../../src/core/platform/fileSystem.ts';
import type { DocumentChange } from '../../../src/core/model/ports/corpus.ts';
import type { Library } from '../../../src/core/model/ports/library.ts';
import { errnoError } from '../../support/memoryFileSystem.ts';
import { openTestJournal, withFaults } from '../../support/library/journal.ts';
import {
  closeLibrary,
  isOnDisk,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../support/library/library.ts';
import {
  changeOf,
  commitOf,
  fileOf,
  forgetOf,
  fragmentOf,
  idOf,
  patternOf,
  ratingOf,
} from '../../support/library/libraryEvents.ts';

const P = 'git:1';

const names = (library: Library): string[] =>
  library.patterns.list({}, Infinity).patterns.map(({ name }) => name);

describe('the library', () => {
  afterEach(removeLibraries);

  if (process.platform !== 'win32') {
    it('is for its owner alone, also what earlier versions left readable', async () => {
      const folder = newLibraryFolder();
      const umask = process.umask(0o022);
      try {
        const library = await openTestLibrary(folder);
        await library.record([fileOf(P, 'a.ts', ['alpha'])]);
        library.upkeep.rebuild();
        closeLibrary(library);
        fs.writeFileSync(join(folder, 'derived', 'words-0-old.bin'), 'alpha');
        for (const name of ['', 'journal', 'seals']) fs.chmodSync(join(folder, name), 0o755);
        await openTestLibrary(folder);
      } finally {
        process.umask(umask);
      }
      const paths = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' });
      assert.ok(paths.length >= 5);
      const readable = ['', ...paths].filter(
        (path) => (fs.statSync(join(folder, path)).mode & 0o077) !== 0,
      );
      assert.deepEqual(readable, []);
    });

    it('leaves the rights of a folder alone that holds other things too', async () => {
      const folder = newLibraryFolder();
      fs.writeFileSync(join(folder, 'notes.txt'), '');
      fs.chmodSync(folder, 0o755);
      const library = await openTestLibrary(folder);
      await library.record([fileOf(P, 'a.ts', ['alpha'])]);
      closeLibrary(library);
      await openTestLibrary(folder);
      assert.equal(fs.statSync(folder).mode & 0o777, 0o755);
      assert.equal(fs.statSync(join(folder, 'journal')).mode & 0o077, 0);
    });
  }

  it('writes nothing before the first record, and remembers it afterwards', async () => {
    const folder = join(newLibraryFolder(), 'inner');
    const library = await openTestLibrary(folder);
    assert.deepEqual(library.patterns.list({}, 5), { patterns: [], total: 0 });
    assert.equal(fs.existsSync(folder), false);
    const events = await library.record([fileOf(P, 'a.ts', ['alpha'])]);
    assert.equal(events.length, 1);
    closeLibrary(library);
    assert.deepEqual(names(await openTestLibrary(folder)), ['alpha']);
  });

  it('[rule 4] holds an event durably before the view shows it', async () => {
    const folder = newLibraryFolder();
    let failing = false;
    const library = await openTestLibrary(folder, {
      fileSystem: withFaults({
        flush: (file) => {
          if (failing) throw errnoError('ENOSPC');
          nodeFileSystem.flush(file);
        },
      }),
    });
    await library.record([fileOf(P, 'a.ts', ['alpha'])]);
    failing = true;
    await assert.rejects(library.record([fileOf(P, 'b.ts', ['beta'])]), { code: 'disk-full' });
    assert.deepEqual(names(library), ['alpha']);
    failing = false;
    await library.record([fileOf(P, 'c.ts', ['gamma'])]);
    assert.ok(names(library).includes('gamma'));
  });

  it('shows two processes what the other wrote', async () => {
    const folder = newLibraryFolder();
    const one = await openTestLibrary(folder);
    const two = await openTestLibrary(folder);
    await one.record([fileOf(P, 'a.ts', ['alpha'])]);
    await two.record([fileOf(P, 'b.ts', ['beta']), ratingOf('alpha', 5)]);
    one.refresh();
    two.refresh();
    for (const library of [one, two]) {
      assert.deepEqual(names(library).sort(), ['alpha', 'beta']);
      assert.equal(library.patterns.byId(idOf('alpha'))?.ratingCount, 1);
    }
  });

  it('redacts every text of an event before anything is written', async () => {
    const folder = newLibraryFolder();
    const library = await openTestLibrary(folder);
    const secret = 'hunter2-secret';
    const commit = commitOf(P, 'c1', [changeOf('beta')]);
    await library.record([
      fileOf(P, 'a.ts', [{ ...fragmentOf('alpha'), code: `login('${secret}')` }]),
      { ...commit, message: `use ${secret}` },
      { type: 'edit', pattern: idOf('alpha'), description: `never say ${secret}` },
    ]);
    library.upkeep.saveSnapshot();
    assert.equal(isOnDisk(folder, secret), false);
    const found = library.patterns.byId(idOf('alpha'));
    assert.ok(found !== undefined && 'code' in found);
    assert.equal(found.code, "login('<password>')");
    assert.equal(found.description, 'never say <password>');
  });

  it('stays right when clocks jump back', async () => {
    const folder = newLibraryFolder();
    const before = await openTestLibrary(folder, { now: () => 2_000_000_000_000 });
    await before.record([fileOf(P, 'a.ts', ['alpha']), ratingOf('alpha', 1)]);
    closeLibrary(before);
    const after = await openTestLibrary(folder, { now: () => 1_000_000_000_000 });
    await after.record([ratingOf('alpha', 5)]);
    assert.equal(after.patterns.byId(idOf('alpha'))?.avgRating, 5);
  });

  it('reads a library that it cannot write, and says why it cannot', async () => {
    const folder = newLibraryFolder();
    const writer = await openTestLibrary(folder);
    await writer.record([fileOf(P, 'a.ts', ['alpha'])]);
    closeLibrary(writer);
    const refuse = (): never => {
      throw errnoError('EROFS');
    };
    const reader = await openTestLibrary(folder, {
      fileSystem: withFaults({ create: refuse, makeFolder: refuse, rename: refuse }),
    });
    assert.deepEqual(names(reader), ['alpha']);
    await assert.rejects(reader.record([ratingOf('alpha', 5)]), { code: 'library-read-only' });
  });

  it('folds the files of many short calls when it closes', async () => {
    const folder = newLibraryFolder();
    const journal = join(folder, 'journal');
    for (let call = 0; call < 65; call++) {
      const short = openTestJournal(journal);
      short.append([fileOf(P, `${call}.ts`, [`word${call}`])]);
      short.close();
    }
    assert.equal(fs.readdirSync(journal).length, 65);
    closeLibrary(await openTestLibrary(folder));
    assert.equal(fs.readdirSync(journal).length, 1);
    const library = await openTestLibrary(folder);
    assert.equal(library.patterns.list({}, 0).total, 65);
    assert.ok(library.corpus.snapshot !== undefined);
    assert.deepEqual(
      library.upkeep.check().findings.filter(({ level }) => level !== 'ok'),
      [],
    );
  });

  it('resolves unique beginnings of ids and names those that an ambiguous one may mean', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const words = Array.from({ length: 400 }, (_, index) => `word${index}`);
    await library.record([fileOf(P, 'a.ts', words)]);
    const id = idOf('word7');
    assert.equal(library.patterns.resolve(id), id);
    assert.equal(library.patterns.resolve(id.slice(0, 12).toUpperCase()), id);
    assert.equal(library.patterns.resolve('abc'), undefined);
    assert.equal(library.patterns.resolve('ffffffffffffffff'), undefined);
    const twins = ['aaaa000000000001', 'aaaa000000000002'].map((twin) => ({
      ...fragmentOf('twin'),
      id: twin,
    }));
    await library.record([fileOf(P, 'b.ts', twins)]);
    assert.throws(() => library.patterns.resolve('aaaa'), {
      code: 'bad-argument',
      message: /aaaa000000000001, aaaa000000000002/,
    });
  });

  it('lists by filter, what was saved by hand first, then the most valuable', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    await library.record([
      { type: 'project', project: P, name: 'mine', aliases: ['dir:/p'] },
      fileOf(P, 'a.ts', ['alpha', 'beta']),
      fileOf(P, 'b.ts', ['beta']),
      fileOf('git:2', 'c.py', [{ ...fragmentOf('gamma'), language: 'python', framework: 'flask' }]),
      commitOf(P, 'c1', [changeOf('delta')]),
      patternOf('added', 'epsilon'),
    ]);
    const listed = (filter: Parameters<Library['patterns']['list']>[0]): string[] =>
      library.patterns.list(filter, Infinity).patterns.map(({ name }) => name);
    const [saved, ...others] = library.patterns.list({}, Infinity).patterns;
    assert.equal(saved?.name, 'epsilon');
    const values = others.map(({ value }) => value);
    assert.deepEqual(
      values,
      [...values].sort((a, b) => b - a),
    );
    assert.deepEqual(library.patterns.list({}, 2).patterns.length, 2);
    assert.equal(library.patterns.list({}, 2).total, 5);
    assert.deepEqual(listed({ language: { any: ['python'] } }), ['gamma']);
    assert.deepEqual(listed({ framework: { any: ['flask'] } }), ['gamma']);
    assert.deepEqual(listed({ kind: { any: ['fix'] } }), ['delta']);
    assert.deepEqual(listed({ tag: { any: ['beta'] } }), ['beta']);
    assert.deepEqual(listed({ tag: { any: ['bet'] } }), []);
    assert.deepEqual(listed({ source: { any: ['added'] } }), ['epsilon']);
    assert.deepEqual(listed({ project: { any: ['mine'] } }).sort(), ['alpha', 'beta', 'delta']);
    assert.deepEqual(listed({ project: { any: ['dir:/p'] }, kind: { any: ['function'] } }).sort(), [
      'alpha',
      'beta',
    ]);
    assert.equal(library.patterns.list({}, 1, 'support').patterns[0]?.name, 'beta');
    assert.deepEqual(listed({ kind: { not: ['fix', 'function'] } }), []);
    assert.deepEqual(listed({ tag: { any: ['BETA', 'gamma'] } }).sort(), ['beta', 'gamma']);
    assert.deepEqual(listed({ tag: { not: ['Beta'] }, source: { any: ['code'] } }).sort(), [
      'alpha',
      'gamma',
    ]);
    assert.deepEqual(listed({ project: { not: ['dir:/p'] } }).sort(), ['epsilon', 'gamma']);
    assert.deepEqual(listed({ framework: { not: ['Flask'] }, kind: { any: [] } }).length, 4);
  });

  it('gives every pattern once, though the view is made anew meanwhile', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const all = ['alpha', 'beta', 'gamma', 'delta'];
    const latest = [...all].sort((a, b) => (idOf(a) < idOf(b) ? 1 : -1));
    for (const name of latest) await library.record([fileOf(P, `${name}.ts`, [name])]);
    await library.record([forgetOf('delta')]);
    const given: string[] = [];
    for (const { name } of library.patterns.each({})) {
      if (given.length === 0) library.upkeep.rebuild();
      given.push(name);
    }
    assert.deepEqual(given.sort(), ['alpha', 'beta', 'gamma']);
  });

  it('tells what it knows of a project', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    await library.record([
      { type: 'project', project: P, name: 'mine', aliases: ['dir:/p'] },
      fileOf(P, 'a.ts', ['alpha', 'beta']),
      fileOf(P, 'gone.ts', ['beta']),
      fileOf(P, 'gone.ts', undefined),
      fileOf(P, 'empty.ts', []),
      commitOf(P, 'c1', [changeOf('delta')]),
      commitOf(P, 'c2', []),
      { type: 'history', project: P, heads: ['c2'], sinceSeconds: 5, version: 1 },
      { type: 'measure', project: P, pattern: idOf('alpha'), uses: 2, tests: 1 },
      {
        type: 'lastChange',
        project: P,
        path: 'a.ts',
        commit: 'c1',
        author: 'a@example.org',
        dateSeconds: 0,
      },
    ]);
    assert.equal(library.projects.key(['git:none', 'dir:/p']), P);
    assert.equal(library.projects.key(['git:none']), undefined);
    assert.deepEqual(
      library.projects.meantBy('mine').map(({ key }) => key),
      [P],
    );
    assert.equal(library.projects.isForgotten(P), false);
    const files = library.projects.files('dir:/p');
    assert.deepEqual([...files.keys()], ['a.ts', 'empty.ts']);
    assert.deepEqual(files.get('a.ts')?.fragments, [
      { id: idOf('alpha'), qualifiedName: 'alpha' },
      { id: idOf('beta'), qualifiedName: 'beta' },
    ]);
    assert.deepEqual(library.projects.history(P), { heads: ['c2'], sinceSeconds: 5, version: 1 });
    assert.deepEqual([...library.projects.commits(P)], ['c1']);
    assert.deepEqual([...library.projects.lastChanges(P)], [['a.ts', 'c1']]);
    assert.deepEqual(
      [...library.projects.measures(P)],
      [[idOf('alpha'), { mentions: 2, tests: 1 }]],
    );
    assert.equal(library.patterns.byId(idOf('alpha'))?.provenance.commit, 'c1');
    const { project, projectName } = library.patterns.byId(idOf('alpha'))?.provenance ?? {};
    assert.deepEqual([project, projectName], [P, 'mine']);
    await library.record([{ type: 'forget', subject: { project: P }, purge: false }]);
    assert.equal(library.projects.isForgotten('dir:/p'), true);
  });

  it('hands search the rows whose words changed, and those that left', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const { corpus } = library;
    await library.record([fileOf(P, 'a.ts', ['alpha', 'beta'])]);
    const all = [...corpus.changesSince(0)];
    assert.deepEqual(all.map(({ document }) => document?.name).sort(), ['alpha', 'beta']);
    const { version } = corpus;
    await library.record([ratingOf('beta', 5)]);
    assert.ok(corpus.version > version);
    assert.deepEqual([...corpus.changesSince(version)], []);
    await library.record([fileOf(P, 'a.ts', ['beta'])]);
    const changed = [...corpus.changesSince(version)];
    const rowOf = (name: string): number | undefined =>
      all.find(({ document }) => document?.name === name)?.rowId;
    const gone = changed.filter(({ document }) => document === undefined);
    assert.deepEqual(
      gone.map(({ rowId }) => rowId),
      [rowOf('alpha')],
    );
    assert.deepEqual(corpus.rowIdsByValue(), [rowOf('beta')]);
    assert.deepEqual(
      corpus.documents(all.map(({ rowId }) => rowId)).map(({ name }) => name),
      ['beta'],
    );
  });

  it('lets search follow a view that was made anew', async () => {
    const library = await openTestLibrary(newLibraryFolder());
    const held = new Map<number, string>();
    let version = 0;
    const follow = (): void => {
      const changes: DocumentChange[] = [...library.corpus.changesSince(version)];
      for (const { rowId, document } of changes) {
        if (document === undefined) held.delete(rowId);
        else held.set(rowId, document.name);
      }
      version = library.corpus.version;
    };
    await library.record([fileOf(P, 'a.ts', ['alpha', 'beta', 'gamma', 'delta'])]);
    follow();
    await library.record([fileOf(P, 'a.ts', ['delta', 'alpha']), forgetOf('alpha', true)]);
    assert.equal(library.upkeep.compact().purgePending, false);
    follow();
    const live = library.corpus.documents([...held.keys()]).map(({ name }) => name);
    assert.deepEqual([...held.values()], ['delta']);
    assert.deepEqual(live, ['delta']);
  });
});
