import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import type { Library } from '../../../src/core/model/ports/library.ts';
import { nodeFileSystem } from '../../../src/core/platform/fileSystem.ts';
import { openTestJournal, withFaults } from '../../support/library/journal.ts';
import { errnoError } from '../../support/memoryFileSystem.ts';
import {
  closeLibrary,
  newLibraryFolder,
  openTestLibrary,
  removeLibraries,
} from '../../support/library/library.ts';
import { fileOf, ratingOf, shownOf } from '../../support/library/libraryEvents.ts';

const P = 'git:1';

const names = (library: Library): string[] =>
  library.patterns.list({}, Infinity).patterns.map(({ name }) => name);

/** Opens a library and hears what it tells. */
async function openHeard(
  folder: string,
  options: Parameters<typeof openTestLibrary>[1] = {},
): Promise<{ readonly library: Library; readonly heard: readonly string[] }> {
  const heard: string[] = [];
  const library = await openTestLibrary(folder, {
    ...options,
    onTrouble: ({ message }) => heard.push(message.text),
  });
  return { library, heard };
}

/** A library of two sealed files; the first holds `alpha`, the second its rating. */
async function sealedLibrary(): Promise<{ folder: string; journal: string; rating: string }> {
  const folder = newLibraryFolder();
  const journal = join(folder, 'journal');
  const first = await openTestLibrary(folder);
  await first.record([fileOf(P, 'a.ts', ['alpha'])]);
  closeLibrary(first);
  const before = new Set(fs.readdirSync(journal));
  const second = await openTestLibrary(folder);
  await second.record([ratingOf('alpha', 5)]);
  closeLibrary(second);
  const rating = fs.readdirSync(journal).find((name) => !before.has(name)) ?? '';
  return { folder, journal, rating };
}

const findings = (library: Library, check: string): readonly string[] =>
  library.upkeep
    .check()
    .findings.filter((finding) => finding.check === check)
    .map(({ level, message }) => `${level}: ${message.text}`);

describe('a library that is not whole', () => {
  afterEach(removeLibraries);

  it('names a journal file that cannot be read, once, and goes on without it', async () => {
    const { folder, journal, rating } = await sealedLibrary();
    fs.rmSync(join(folder, 'derived'), { recursive: true });
    fs.rmSync(join(journal, rating));
    fs.mkdirSync(join(journal, rating));
    const { library, heard } = await openHeard(folder);
    library.refresh();
    assert.deepEqual(names(library), ['alpha']);
    assert.equal(heard.length, 1);
    assert.match(heard[0] ?? '', new RegExp(`^${rating} in .* is a folder`));
    assert.equal(findings(library, 'journal-unreadable').length, 1);
  });

  if (process.platform !== 'win32') {
    it('says whose a file is to be, where its reader may not read it', async () => {
      const { folder, rating } = await sealedLibrary();
      fs.rmSync(join(folder, 'derived'), { recursive: true });
      const fileSystem = withFaults({
        openForReading: (path) => {
          if (path.endsWith(rating)) throw errnoError('EACCES');
          return nodeFileSystem.openForReading(path);
        },
      });
      const { library, heard } = await openHeard(folder, { fileSystem });
      assert.match(heard.join('\n'), new RegExp(`${rating} in .* cannot be read \\(EACCES\\)`));
      const [finding = ''] = findings(library, 'journal-unreadable');
      assert.match(finding, new RegExp(`^error: .*${rating}.*EACCES.*sudo chown -R .*${folder}'`));
    });
  }

  it('is refused where nothing of it can be read', async () => {
    const { folder } = await sealedLibrary();
    fs.rmSync(join(folder, 'derived'), { recursive: true });
    const forbidden = (): never => {
      throw errnoError('EACCES');
    };
    for (const faults of [{ openForReading: forbidden }, { list: forbidden }]) {
      await assert.rejects(openTestLibrary(folder, { fileSystem: withFaults(faults) }), {
        code: 'library-unreadable',
        message: /EACCES/,
      });
    }
  });

  it('says what a sealed file lost, and forgets that when it is made anew', async () => {
    const { folder, journal, rating } = await sealedLibrary();
    const { size } = fs.statSync(join(journal, rating));
    fs.truncateSync(join(journal, rating), size - 20);
    const { library, heard } = await openHeard(folder);
    assert.match(heard.join('\n'), new RegExp(`lost its end: \\d+ of ${size} bytes are left`));
    assert.match(findings(library, 'journal-lost').join('\n'), /^error: .* lost its end/);
    fs.rmSync(join(journal, rating));
    library.refresh();
    assert.match(heard[1] ?? '', /is gone/);
    library.upkeep.recover();
    assert.deepEqual(findings(library, 'journal-lost'), ['ok: sealed files are unchanged']);
  });

  it('says when a sealed file holds something else than was sealed', async () => {
    const { folder, journal, rating } = await sealedLibrary();
    const bytes = fs.readFileSync(join(journal, rating));
    bytes.write('x', bytes.length - 3);
    fs.writeFileSync(join(journal, rating), bytes);
    const { library } = await openHeard(folder);
    assert.match(findings(library, 'journal-lost').join('\n'), new RegExp(`^error: .*${rating}`));
  });

  it('takes a file for whole where a sync tool put a whole copy of it aside', async () => {
    const { folder, journal, rating } = await sealedLibrary();
    const path = join(journal, rating);
    fs.copyFileSync(path, path.replace('.sealed', ' (conflicted copy).sealed'));
    const bytes = fs.readFileSync(path);
    bytes.write('x', bytes.length - 3);
    fs.writeFileSync(path, bytes);
    const { library } = await openHeard(folder);
    assert.deepEqual(findings(library, 'journal-lost'), ['ok: sealed files are unchanged']);
  });

  it('names the copies of a sync tool', async () => {
    const { folder, journal, rating } = await sealedLibrary();
    const copy = rating.replace('.sealed', ' (1).sealed');
    fs.copyFileSync(join(journal, rating), join(journal, copy));
    const { library, heard } = await openHeard(folder);
    assert.deepEqual(heard, []);
    const [finding = ''] = findings(library, 'journal-copies');
    assert.ok(finding.startsWith(`warning: ${copy} is a copy`), finding);
  });

  it('says that a full disk takes nothing', async () => {
    const folder = newLibraryFolder();
    let isFull = false;
    const fileSystem = withFaults({
      write: (file, bytes) => {
        if (isFull) throw errnoError('ENOSPC');
        return nodeFileSystem.write(file, bytes);
      },
    });
    const library = await openTestLibrary(folder, { fileSystem });
    await library.record([fileOf(P, 'a.ts', ['alpha'])]);
    assert.deepEqual(findings(library, 'writable'), ['ok: the library is writable']);
    isFull = true;
    assert.match(findings(library, 'writable').join('\n'), /^warning: .*ENOSPC/);
    isFull = false;
    assert.equal(fs.readdirSync(join(folder, 'journal')).length, 1);
  });

  it('is not suspected while others write', async () => {
    const folder = newLibraryFolder();
    const first = await openTestLibrary(folder);
    await first.record([fileOf(P, 'a.ts', ['alpha'])]);
    const writer = openTestJournal(join(folder, 'journal'));
    let looks = 0;
    const fileSystem = withFaults({
      list: (path) => {
        // Something new lies there between any two of the first looks.
        if (looks++ < 12) writer.append([ratingOf('alpha', 5, `session ${looks}`)]);
        return nodeFileSystem.list(path);
      },
    });
    const library = await openTestLibrary(folder, { fileSystem });
    const bad = library.upkeep.check().findings.filter(({ level }) => level !== 'ok');
    assert.deepEqual(bad, []);
    assert.ok(looks > 12);
  });
});

describe('a library that was deleted while it was open', () => {
  afterEach(removeLibraries);

  it('does not come back when the process ends, and is told once', async () => {
    const { folder } = await sealedLibrary();
    const { library, heard } = await openHeard(folder);
    library.corpus.changesSince(0);
    fs.rmSync(folder, { recursive: true });
    library.refresh();
    assert.deepEqual(names(library), []);
    library.refresh();
    await library.record([shownOf('alpha', {})]);
    library.upkeep.saveSnapshot();
    closeLibrary(library);
    assert.equal(fs.existsSync(folder), false);
    assert.equal(heard.length, 1);
    assert.match(heard[0] ?? '', /was deleted while it was in use/);
  });

  it('takes no facts of what was under way, and those of what begins later', async () => {
    const { folder } = await sealedLibrary();
    const { library, heard } = await openHeard(folder);
    await library.record([fileOf(P, 'b.ts', ['beta'])]);
    fs.rmSync(folder, { recursive: true });
    const more = [fileOf(P, 'c.ts', ['gamma'])];
    await assert.rejects(library.record(more), { code: 'library-deleted' });
    await assert.rejects(library.record(more), { code: 'library-deleted' });
    assert.equal(fs.existsSync(folder), false);
    library.refresh();
    await library.record(more);
    closeLibrary(library);
    const again = await openTestLibrary(folder);
    assert.deepEqual(names(again), ['gamma']);
    assert.equal(heard.length, 1);
  });

  it('leaves the one alone that another process has begun in its place', async () => {
    const { folder } = await sealedLibrary();
    const { library } = await openHeard(folder);
    fs.renameSync(join(folder, 'journal'), join(folder, 'journal.away'));
    const other = await openTestLibrary(folder);
    fs.rmSync(join(folder, 'derived'), { recursive: true });
    await other.record([fileOf(P, 'z.ts', ['zeta'])]);
    library.refresh();
    assert.deepEqual(names(library), ['zeta']);
  });
});
