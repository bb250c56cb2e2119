import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../src/core/model/errors.ts';
import type { EventBody } from '../../../../src/core/model/event.ts';
import { nodeFileSystem, type FileSystem } from '../../../../src/core/platform/fileSystem.ts';
import { encodeLine } from '../../../../src/core/library/journal/line.ts';
import {
  compact,
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  winnersOf,
  withFaults,
} from '../../../support/library/journal.ts';
import { errnoError } from '../../../support/memoryFileSystem.ts';

const ids = (folder: string): string[] => readAll(folder).map(({ id }) => id);

describe('writing the journal', () => {
  afterEach(removeLibraries);

  it('[rule 1] creates its file at the first write, exclusively, and flushes the folder', () => {
    const folder = newJournalFolder();
    const flushed: string[] = [];
    const opened = new Map<number, string>();
    const journal = openTestJournal(folder, {
      fileSystem: withFaults({
        openForReading: (path) => {
          const file = nodeFileSystem.openForReading(path);
          opened.set(file, path);
          return file;
        },
        flush: (file) => {
          flushed.push(opened.get(file) ?? 'file');
          nodeFileSystem.flush(file);
        },
        close: (file) => {
          opened.delete(file);
          nodeFileSystem.close(file);
        },
      }),
    });
    assert.equal(fs.existsSync(folder), false);
    assert.deepEqual(journal.append([]), []);
    assert.equal(fs.existsSync(folder), false);
    journal.append([rating('a')]);
    assert.deepEqual(flushed, [join(folder, '..'), folder, 'file']);
    assert.match(fs.readdirSync(folder).join(), /^[0-9a-f]{24}\.open$/);
    journal.append([rating('b')]);
    assert.equal(fs.readdirSync(folder).length, 1);
    assert.throws(() => nodeFileSystem.create(join(folder, fs.readdirSync(folder)[0] ?? '')), {
      code: 'EEXIST',
    });
  });

  it('[rule 1] names no two files alike, whatever the process', () => {
    const folder = newJournalFolder();
    for (let i = 0; i < 50; i++) openTestJournal(folder).append([rating(`p${i}`)]);
    assert.equal(fs.readdirSync(folder).length, 50);
  });

  it('gives each event an id of its own, the time, and a revision above all seen', () => {
    const folder = newJournalFolder();
    const first = openTestJournal(folder, { now: () => 1000 });
    const [a, b] = first.append([rating('a'), rating('b')]);
    assert.deepEqual([a?.rev, b?.rev, a?.at, b?.at], [1, 2, 1000, 1000]);
    const second = openTestJournal(folder, { highestRev: 1 });
    second.scan(new Map(), () => undefined);
    assert.equal(second.highestRev, 2);
    const [c] = second.append([rating('c')]);
    assert.equal(c?.rev, 3);
    assert.equal(new Set([a, b, c].map((event) => event?.id)).size, 3);
    assert.deepEqual(
      readAll(folder).sort((x, y) => x.rev - y.rev),
      [a, b, c],
    );
  });

  it('[rule 2] writes the events to a new file when somebody sealed and folded the old one', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    compact(folder);
    const [late] = journal.append([rating('b')]);
    assert.ok(ids(folder).includes(late?.id ?? ''));
    assert.equal(winnersOf(readAll(folder)).size, 2);
  });

  it('[rule 2] loses nothing when the file is sealed and folded between write and check', () => {
    const folder = newJournalFolder();
    let isArmed = false;
    const journal = openTestJournal(folder, {
      fileSystem: withFaults({
        write: (file, bytes) => {
          if (isArmed) compact(folder);
          isArmed = false;
          return nodeFileSystem.write(file, bytes);
        },
      }),
    });
    journal.append([rating('a')]);
    isArmed = true;
    const [late] = journal.append([rating('b')]);
    assert.deepEqual(
      ids(folder).filter((id) => id === late?.id),
      [late?.id],
    );
  });

  it('[rule 2] loses nothing when the file is sealed and folded the moment it is created', () => {
    const folder = newJournalFolder();
    let isArmed = true;
    const journal = openTestJournal(folder, {
      fileSystem: withFaults({
        write: (file, bytes) => {
          const count = nodeFileSystem.write(file, bytes);
          if (isArmed) compact(folder);
          isArmed = false;
          return count;
        },
      }),
    });
    const [event] = journal.append([rating('a')]);
    assert.deepEqual(ids(folder), [event?.id]);
  });

  it('[rule 2] sees that its file was replaced by another under the same name', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    const path = join(folder, fs.readdirSync(folder)[0] ?? '');
    const backup = fs.readFileSync(path);
    fs.writeFileSync(`${path}.copy`, backup);
    fs.renameSync(`${path}.copy`, path);
    const [late] = journal.append([rating('b')]);
    assert.ok(ids(folder).includes(late?.id ?? ''));
  });

  it('gives up with a stable code when every file is sealed at once', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder, {
      fileSystem: withFaults({
        flush: (file) => {
          nodeFileSystem.flush(file);
          for (const name of fs.readdirSync(folder)) fs.rmSync(join(folder, name));
        },
      }),
    });
    assert.throws(() => journal.append([rating('a')]), codeOf('library-write-failed'));
  });

  for (const [errno, code] of [
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EROFS', 'library-read-only'],
    ['EACCES', 'library-read-only'],
    ['EPERM', 'library-read-only'],
    ['EIO', 'library-write-failed'],
  ] as const) {
    it(`[rule 3] abandons its file after ${errno} and fails with ${code}`, () => {
      const folder = newJournalFolder();
      const used: number[] = [];
      let failing: 'write' | 'flush' | undefined;
      const fault = (call: 'write' | 'flush'): void => {
        if (failing === call) throw errnoError(errno);
      };
      const journal = openTestJournal(folder, {
        fileSystem: withFaults({
          write: (file, bytes) => {
            used.push(file);
            fault('write');
            return nodeFileSystem.write(file, bytes);
          },
          flush: (file) => {
            if (used.includes(file)) fault('flush');
            nodeFileSystem.flush(file);
          },
        }),
      });
      failing = 'write';
      assert.throws(() => journal.append([rating('a')]), codeOf(code));
      assert.deepEqual(fs.readdirSync(folder), []);
      failing = 'flush';
      assert.throws(() => journal.append([rating('a')]), codeOf(code));
      assert.deepEqual(fs.readdirSync(folder), []);
      failing = undefined;
      journal.append([rating('b')]);
      failing = 'flush';
      assert.throws(() => journal.append([rating('c')]), codeOf(code));
      assert.equal(fs.readdirSync(folder).length, 1);
      failing = undefined;
      journal.append([rating('d')]);
      assert.equal(fs.readdirSync(folder).length, 2);
      const patterns = readAll(folder).map((event) => event.type === 'rating' && event.pattern);
      assert.ok(patterns.includes('b') && patterns.includes('d'));
    });
  }

  it('[rule 3] keeps what was acknowledged when the disk fills up in the middle of a line', () => {
    const folder = newJournalFolder();
    let spaceBytes = 20_000;
    const fileSystem: FileSystem = withFaults({
      write: (file, bytes) => {
        if (spaceBytes === 0) throw errnoError('ENOSPC');
        const count = nodeFileSystem.write(file, bytes.subarray(0, spaceBytes));
        spaceBytes -= count;
        return count;
      },
    });
    const journal = openTestJournal(folder, { fileSystem });
    const acknowledged: string[] = [];
    assert.throws(() => {
      for (;;) acknowledged.push(...journal.append([rating('a')]).map(({ id }) => id));
    }, codeOf('disk-full'));
    assert.ok(acknowledged.length > 50);
    assert.deepEqual(ids(folder), acknowledged);
  });

  it('writes everything when the system takes a few bytes at a time', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder, {
      fileSystem: withFaults({
        write: (file, bytes) => nodeFileSystem.write(file, bytes.subarray(0, 7)),
      }),
    });
    const events = journal.append([rating('a'), rating('b')]);
    assert.deepEqual(readAll(folder), events);
  });

  it('[rule 4] has the events on disk when append returns, before anybody applies them', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    const events = journal.append([rating('a')]);
    assert.deepEqual(readAll(folder), events);
  });

  it('[rule 5] seals its file on closing, once, and makes none when nothing was written', () => {
    const folder = newJournalFolder();
    const idle = openTestJournal(folder);
    idle.close();
    assert.equal(fs.existsSync(folder), false);
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    journal.close();
    journal.close();
    assert.match(fs.readdirSync(folder).join(), /^\w+\.sealed$/);
  });

  it('[rule 5] closes quietly when the file cannot be renamed or is gone', () => {
    const folder = newJournalFolder();
    const busy = openTestJournal(folder, {
      fileSystem: withFaults({
        rename: () => {
          throw errnoError('EBUSY');
        },
      }),
    });
    busy.append([rating('a')]);
    busy.close();
    const folded = openTestJournal(folder);
    folded.append([rating('b')]);
    compact(folder);
    folded.close();
    assert.equal(readAll(folder).length, 2);
  });

  it('refuses an event of 64 MB, which no reader would take', () => {
    const journal = openTestJournal(newJournalFolder());
    const body: EventBody = { ...rating('a'), by: 'x'.repeat(64 * 1024 * 1024) } as EventBody;
    assert.throws(() => journal.append([body]), codeOf('library-write-failed'));
  });

  it('[rule 14] refuses a network drive that another host is writing to, and no other', () => {
    const NFS = 0x6969;
    const EXT4 = 0xef53;
    const theirs = { host: 'their-host', boot: 'their-boot' };
    const folder = newJournalFolder();
    const onDrive = (kind: number): FileSystem => withFaults({ kindOf: () => kind });
    const other = openTestJournal(folder, { machine: theirs, fileSystem: onDrive(NFS) });
    other.append([rating('a')]);

    const here = openTestJournal(folder, { fileSystem: onDrive(NFS) });
    assert.throws(() => here.append([rating('b')]), codeOf('library-on-shared-drive'));
    assert.throws(
      () => compact(folder, { fileSystem: onDrive(NFS) }),
      codeOf('library-on-shared-drive'),
    );
    assert.equal(readAll(folder).length, 1);

    const local = openTestJournal(folder, { fileSystem: onDrive(EXT4) });
    local.append([rating('c')]);
    local.close();
    const container = { host: 'a-container', boot: theirs.boot };
    openTestJournal(folder, { machine: container, fileSystem: onDrive(NFS) }).append([rating('d')]);
    const inEightDays = Date.now() + 8 * 24 * 60 * 60 * 1000;
    openTestJournal(folder, { fileSystem: onDrive(NFS), now: () => inEightDays }).append([
      rating('e'),
    ]);
    assert.equal(readAll(folder).length, 4);
  });

  it('encodes a line as checksum, space, JSON and newline', () => {
    const header = { format: 1, host: 'h', boot: 'b' };
    assert.equal(
      encodeLine({ header }).toString(),
      'adc46118 {"header":{"format":1,"host":"h","boot":"b"}}\n',
    );
  });
});

function codeOf(code: AppError['code']): (error: unknown) => boolean {
  return (error) => error instanceof AppError && error.code === code;
}
