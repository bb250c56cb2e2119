import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../../src/core/model/errors.ts';
import { shouldCompact } from '../../../../../src/core/library/journal/compact/compaction.ts';
import { nodeFileSystem } from '../../../../../src/core/platform/fileSystem.ts';
import { encodeLine } from '../../../../../src/core/library/journal/line.ts';
import { readMachine } from '../../../../../src/core/platform/machine.ts';
import {
  compact,
  compactionOf,
  MACHINE,
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  seal,
  suffixes,
  winnersOf,
  withFaults,
} from '../../../../support/library/journal.ts';
import { errnoError } from '../../../../support/memoryFileSystem.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const foreign = { host: 'other-host', boot: 'other-boot' };

/** Has another compactor at work at a chosen point of this one. */
function compactAt(folder: string, call: 'rename' | 'create', run: () => void): void {
  let isArmed = true;
  const fileSystem = withFaults({
    [call]: (...paths: [string, string]) => {
      if (isArmed && !paths.some((path) => path.endsWith('.sealed'))) {
        isArmed = false;
        run();
      }
      return nodeFileSystem[call](...paths);
    },
  });
  compact(folder, { fileSystem });
}

describe('compaction', () => {
  afterEach(removeLibraries);

  it('[rule 9] needs no list of files: the library is the union of what lies in the folder', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    compact(folder);
    const merged = newJournalFolder();
    seal(merged, 'c');
    openTestJournal(merged).append([rating('d')]);
    fs.cpSync(folder, merged, { recursive: true });
    assert.deepEqual(suffixes(merged), ['base', 'open', 'sealed']);
    assert.equal(winnersOf(readAll(merged)).size, 4);
    compact(merged);
    assert.deepEqual(suffixes(merged), ['base']);
    assert.equal(winnersOf(readAll(merged)).size, 4);
  });

  it('[rule 10] seals, writes, flushes, renames, flushes the folder and deletes, in that order', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([rating('a')]);
    seal(folder, 'b');
    const steps: string[] = [];
    const opened = new Map<number, string>();
    const nameOf = (path: string): string => path.replace(/^.*\.|.*\/(?=journal$)/, '');
    compact(folder, {
      fileSystem: withFaults({
        create: (path) => {
          const file = nodeFileSystem.create(path);
          opened.set(file, nameOf(path));
          return file;
        },
        openForReading: (path) => {
          const file = nodeFileSystem.openForReading(path);
          opened.set(file, nameOf(path));
          return file;
        },
        flush: (file) => {
          steps.push(`flush ${opened.get(file)}`);
          nodeFileSystem.flush(file);
        },
        rename: (from, to) => {
          steps.push(`${nameOf(from)} to ${nameOf(to)}`);
          nodeFileSystem.rename(from, to);
        },
        remove: (path) => {
          steps.push(`delete ${nameOf(path)}`);
          nodeFileSystem.remove(path);
        },
      }),
    });
    assert.deepEqual(steps, [
      'open to sealed',
      'flush tmp',
      'tmp to base',
      'flush journal',
      'delete seal',
      'delete sealed',
      'delete sealed',
    ]);
  });

  it('[rule 10] leaves a file that cannot be read and folds the others', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b', 'c');
    const [broken] = fs.readdirSync(folder);
    let brokenFile: number | undefined;
    const fileSystem = withFaults({
      openForReading: (path) => {
        const file = nodeFileSystem.openForReading(path);
        brokenFile = path.endsWith(broken ?? '') ? file : undefined;
        return file;
      },
      read: (file, buffer, position) => {
        if (file === brokenFile) throw errnoError('EIO');
        return nodeFileSystem.read(file, buffer, position);
      },
    });
    compact(folder, { fileSystem });
    assert.deepEqual(suffixes(folder), ['base', 'sealed']);
    assert.ok(fs.existsSync(join(folder, broken ?? '')));
    assert.equal(winnersOf(readAll(folder)).size, 3);
  });

  it('[rule 11] is right without a lock: two compactors at once lose nothing', () => {
    for (const call of ['create', 'rename'] as const) {
      const folder = newJournalFolder();
      seal(folder, 'a', 'b', 'c');
      compactAt(folder, call, () => {
        seal(folder, 'd');
        compact(folder);
      });
      assert.equal(winnersOf(readAll(folder)).size, 4);
      compact(folder);
      assert.deepEqual(suffixes(folder), ['base']);
      assert.equal(winnersOf(readAll(folder)).size, 4);
    }
  });

  it('[rule 12] deletes nothing when somebody deleted its temporary file', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    compactAt(folder, 'rename', () => {
      for (const name of fs.readdirSync(folder)) {
        if (name.endsWith('.tmp')) fs.rmSync(join(folder, name));
      }
      seal(folder, 'c');
    });
    assert.equal(winnersOf(readAll(folder)).size, 3);
  });

  it('[rule 12] deletes what a killed compactor left an hour ago, and nothing newer', () => {
    const folder = newJournalFolder();
    seal(folder, 'a');
    const left = join(folder, 'left.tmp');
    fs.writeFileSync(left, 'half a line');
    compact(folder);
    assert.ok(fs.existsSync(left));
    compact(folder, { now: () => Date.now() + 2 * 60 * 60 * 1000 });
    assert.ok(!fs.existsSync(left));
    assert.equal(readAll(folder).length, 1);
  });

  for (const code of ['EBUSY', 'EPERM']) {
    it(`[rule 13] leaves files that cannot be renamed or deleted (${code}) for the next time`, () => {
      const folder = newJournalFolder();
      openTestJournal(folder).append([rating('a')]);
      seal(folder, 'b');
      const refuse = (): never => {
        throw errnoError(code);
      };
      compact(folder, { fileSystem: withFaults({ rename: refuse }) });
      assert.deepEqual(suffixes(folder), ['open', 'sealed']);
      compact(folder, { fileSystem: withFaults({ remove: refuse }) });
      assert.deepEqual(suffixes(folder), ['base', 'sealed', 'sealed']);
      assert.equal(winnersOf(readAll(folder)).size, 2);
      compact(folder);
      assert.deepEqual(suffixes(folder), ['base']);
      assert.equal(readAll(folder).length, 2);
    });
  }

  it('[rule 14] seals files of this system and those idle for seven days, no others', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([rating('ours')]);
    openTestJournal(folder, { machine: foreign }).append([rating('theirs')]);
    fs.writeFileSync(join(folder, 'headless.open'), 'torn');
    compact(folder);
    assert.deepEqual(suffixes(folder), ['base', 'open', 'open']);
    compact(folder, { now: () => Date.now() + 7 * DAY_MS - 60_000 });
    assert.deepEqual(suffixes(folder), ['base', 'open', 'open']);
    compact(folder, { now: () => Date.now() + 7 * DAY_MS + 60_000 });
    assert.deepEqual(suffixes(folder), ['base']);
    assert.equal(winnersOf(readAll(folder)).size, 2);
  });

  it('[rule 14] loses nothing of a living writer when the clock jumps by years', () => {
    const folder = newJournalFolder();
    const living = openTestJournal(folder, { machine: foreign });
    living.append([rating('a')]);
    compact(folder, { now: () => Date.now() + 20 * 365 * DAY_MS });
    assert.deepEqual(suffixes(folder), ['base']);
    living.append([rating('b')]);
    compact(folder, { now: () => 0 });
    assert.equal(winnersOf(readAll(folder)).size, 2);
  });

  it('[rule 14] knows this system by its boot id, or by host name and start', () => {
    const linux = withFaults({ readText: () => 'some-boot-id\n' });
    const other = withFaults({
      readText: () => {
        throw errnoError('ENOENT');
      },
    });
    const nowMs = 1_800_000_000_000;
    const expected = process.platform === 'linux' ? 'some-boot-id' : readMachine(other, nowMs).boot;
    assert.equal(readMachine(linux, nowMs).boot, expected);
    const { host, boot } = readMachine(other, nowMs);
    assert.match(boot, new RegExp(`^${host}-\\d+$`));
    assert.notEqual(readMachine(other, nowMs + DAY_MS).boot, boot);
  });

  it('[rule 15] is due from 65 sealed files on, files of killed writers included', () => {
    const folder = newJournalFolder();
    const options = compactionOf(folder);
    seal(folder, ...Array.from({ length: 64 }, (_, i) => `p${i}`));
    assert.equal(shouldCompact(options), false);
    openTestJournal(folder, { machine: foreign }).append([rating('theirs')]);
    assert.equal(shouldCompact(options), false);
    openTestJournal(folder).append([rating('killed')]);
    assert.equal(shouldCompact(options), true);
    compact(folder);
    assert.equal(shouldCompact(options), false);
    seal(folder, ...Array.from({ length: 65 }, (_, i) => `p${i}`));
    assert.equal(shouldCompact(options), true);
  });

  it('[rule 15] is due when sealed files exceed 8 MB or a quarter of the base', () => {
    const folder = newJournalFolder();
    const MB = 1024 * 1024;
    const due = (sealedBytes: number, baseBytes: number): boolean => {
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(join(folder, 'a.sealed'), '');
      fs.truncateSync(join(folder, 'a.sealed'), sealedBytes);
      fs.writeFileSync(join(folder, 'b.base'), '');
      fs.truncateSync(join(folder, 'b.base'), baseBytes);
      return shouldCompact(compactionOf(folder));
    };
    assert.equal(due(8 * MB, 0), false);
    assert.equal(due(8 * MB + 1, 0), true);
    assert.equal(due(9 * MB, 40 * MB), false);
    assert.equal(due(10 * MB + 1, 40 * MB), true);
  });

  it('leaves files in a later format as they are', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    const later = encodeLine({ header: { format: 2, host: '', boot: MACHINE.boot } });
    fs.writeFileSync(join(folder, 'x.sealed'), later);
    fs.writeFileSync(join(folder, 'y.open'), later);
    compact(folder, { now: () => Date.now() + 30 * DAY_MS });
    assert.deepEqual(suffixes(folder), ['base', 'open', 'sealed']);
  });

  it('keeps an open file that a backup brought back beside its sealed one', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    const path = join(folder, fs.readdirSync(folder)[0] ?? '');
    const backup = fs.readFileSync(path);
    journal.append([rating('b')]);
    journal.close();
    fs.writeFileSync(path, backup);
    assert.equal(winnersOf(readAll(folder)).size, 2);
    compact(folder);
    assert.deepEqual(suffixes(folder), ['base']);
    assert.equal(winnersOf(readAll(folder)).size, 2);
  });

  it('says what it did', () => {
    const folder = newJournalFolder();
    assert.deepEqual(compact(folder), {
      filesBefore: 0,
      filesAfter: 0,
      bytesBefore: 0,
      bytesAfter: 0,
      purgePending: false,
      badLines: 0,
    });
    for (let again = 0; again < 3; again++) {
      const journal = openTestJournal(folder);
      journal.append([{ type: 'accept', pattern: 'a' }]);
      journal.close();
    }
    const { filesBefore, filesAfter, bytesBefore, bytesAfter } = compact(folder);
    assert.deepEqual([filesBefore, filesAfter], [3, 1]);
    assert.ok(bytesAfter < bytesBefore);
    assert.equal(readAll(folder).length, 1);
  });

  it('leaves a base alone that has nothing beside it', () => {
    const folder = newJournalFolder();
    seal(folder, 'a');
    compact(folder);
    const names = fs.readdirSync(folder);
    compact(folder);
    assert.deepEqual(fs.readdirSync(folder), names);
  });

  for (const [errno, code] of [
    ['ENOSPC', 'disk-full'],
    ['EROFS', 'library-read-only'],
  ] as const) {
    it(`fails with ${code} and leaves everything in place`, () => {
      const folder = newJournalFolder();
      seal(folder, 'a', 'b');
      const names = fs.readdirSync(folder);
      const fileSystem = withFaults({
        write: () => {
          throw errnoError(errno);
        },
      });
      assert.throws(
        () => compact(folder, { fileSystem }),
        (error) => error instanceof AppError && error.code === code,
      );
      assert.deepEqual(fs.readdirSync(folder), names);
    });
  }
});
