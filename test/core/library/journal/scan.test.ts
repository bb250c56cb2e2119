import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { nodeFileSystem, type FileSystem } from '../../../../src/core/platform/fileSystem.ts';
import { crc32ByTable, encodeLine } from '../../../../src/core/library/journal/line.ts';
import { scanJournal, type ScanResult } from '../../../../src/core/library/journal/scan.ts';
import type { Offsets } from '../../../../src/core/library/journal/offsets.ts';
import {
  compact,
  fileOf,
  fragment,
  MACHINE,
  newJournalFolder,
  openTestJournal,
  rating,
  removeLibraries,
  seal,
  withFaults,
} from '../../../support/library/journal.ts';
import { errnoError } from '../../../support/memoryFileSystem.ts';

function scan(
  folder: string,
  offsets: Offsets = new Map(),
  fileSystem: FileSystem = nodeFileSystem,
): ScanResult & { readonly ids: readonly string[] } {
  const ids: string[] = [];
  const result = scanJournal({ folder, fileSystem }, offsets, ({ id }) => ids.push(id));
  return { ...result, ids };
}

/** A line as a journal of any version writes it. */
function lineOf(value: object): Buffer {
  return encodeLine(value);
}

const HEADER = lineOf({ header: { format: 1, ...MACHINE } });
const event = (pattern: string, number: number): Buffer =>
  lineOf({ ...rating(pattern), id: `w.${number}`, rev: number, at: 0 });

function write(folder: string, name: string, ...lines: readonly Buffer[]): string {
  fs.mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  fs.writeFileSync(path, Buffer.concat(lines));
  return path;
}

describe('reading the journal', () => {
  afterEach(removeLibraries);

  it('finds nothing where no library is', () => {
    const result = scan(newJournalFolder());
    assert.deepEqual([result.ids, result.offsets.size, result.highestRev], [[], 0, 0]);
  });

  it('[rule 6] waits for the rest of an unfinished line', () => {
    const folder = newJournalFolder();
    const last = event('b', 2);
    const path = write(folder, 'a.open', HEADER, event('a', 1), last.subarray(0, 20));
    const first = scan(folder);
    assert.deepEqual([first.ids, first.badLines], [['w.1'], 0]);
    fs.appendFileSync(path, last.subarray(20));
    const second = scan(folder, first.offsets);
    assert.deepEqual([second.ids, second.highestRev], [['w.2'], 2]);
    assert.deepEqual(scan(folder, second.offsets).ids, []);
  });

  it('[rule 6] skips and counts a bad finished line, and loses only it', () => {
    const folder = newJournalFolder();
    const flipped = Buffer.from(event('b', 2));
    flipped[30] = (flipped[30] ?? 0) ^ 1;
    const garbage = Buffer.from('\0\0\xff garbage\n\n', 'latin1');
    write(folder, 'a.sealed', HEADER, event('a', 1), flipped, garbage, event('c', 3));
    const result = scan(folder);
    assert.deepEqual([result.ids, result.badLines], [['w.1', 'w.3'], 3]);
  });

  it('[rule 6] never throws on damaged files and keeps every line that was not touched', () => {
    const lines = Array.from({ length: 8 }, (_, i) => event(`p${i}`, i + 1));
    const damage = fc.record({
      line: fc.nat(lines.length - 1),
      how: fc.constantFrom('cut', 'flip', 'twice', 'garbage'),
      at: fc.nat(60),
    });
    fc.assert(
      fc.property(fc.array(damage, { maxLength: 4 }), (damages) => {
        const folder = newJournalFolder();
        const hurt = new Set<number>();
        const written = lines.map((line, index) => {
          let bytes: Buffer = line;
          for (const { line: target, how, at } of damages) {
            if (target !== index) continue;
            if (how === 'twice') bytes = Buffer.concat([bytes, bytes]);
            else if (how === 'garbage') bytes = Buffer.concat([Buffer.from('xyz\n'), bytes]);
            else hurt.add(index);
            if (how === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from('\n')]);
            // The newline of an empty line stays, or the next line would be hurt as well.
            const rest = bytes.subarray(bytes.length > 1 ? 1 : 0);
            if (how === 'flip') bytes = Buffer.concat([Buffer.from('!'), rest]);
          }
          return bytes;
        });
        write(folder, 'a.sealed', HEADER, ...written);
        const found = new Set(scan(folder).ids);
        for (let i = 0; i < lines.length; i++) {
          if (!hurt.has(i)) assert.ok(found.has(`w.${i + 1}`));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads a cut file at every length without losing a finished line', () => {
    const folder = newJournalFolder();
    const whole = Buffer.concat([HEADER, event('a', 1), event('b', 2)]);
    for (let length = 0; length <= whole.length; length++) {
      write(folder, 'a.open', whole.subarray(0, length));
      const finished = whole.subarray(0, length).toString('latin1').split('\n').length - 2;
      const { ids, badLines } = scan(folder);
      assert.deepEqual([ids.length, badLines], [Math.max(0, finished), 0]);
    }
  });

  it('reads lines longer than its buffer and passes over one that is longer than any event', () => {
    const folder = newJournalFolder();
    const code = 'é'.repeat(700_000);
    const long = lineOf({ ...fileOf('a.py', [fragment('a', { code })]), id: 'w.1', rev: 1, at: 0 });
    const path = write(folder, 'a.sealed', HEADER, long, event('b', 2));
    fs.appendFileSync(path, Buffer.alloc(140 * 1024 * 1024, 'x'));
    fs.appendFileSync(path, Buffer.concat([Buffer.from('\n'), event('c', 3)]));
    const result = scan(folder);
    assert.deepEqual([result.ids, result.badLines], [['w.1', 'w.2', 'w.3'], 1]);
    assert.equal([...result.offsets.values()][0], fs.statSync(path).size);
  });

  it('[rule 7] keeps offsets by id, so that sealing a file does not make it unread', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    const first = scan(folder);
    journal.append([rating('b')]);
    journal.close();
    assert.equal(scan(folder, first.offsets).ids.length, 1);
  });

  for (const code of ['ENOENT', 'EPERM', 'EBUSY']) {
    it(`[rule 7] lists and scans again after ${code}`, () => {
      const folder = newJournalFolder();
      openTestJournal(folder).append([rating('a')]);
      openTestJournal(folder).append([rating('b')]);
      let failures = 3;
      const fileSystem = withFaults({
        openForReading: (path) => {
          if (failures-- > 0) throw errnoError(code);
          return nodeFileSystem.openForReading(path);
        },
      });
      const result = scan(folder, new Map(), fileSystem);
      assert.deepEqual([result.ids.length, result.unreadable], [2, []]);
    });
  }

  it('[rule 7] finds in the base what was folded between listing and reading', () => {
    const folder = newJournalFolder();
    for (const pattern of ['a', 'b', 'c']) openTestJournal(folder).append([rating(pattern)]);
    let isArmed = true;
    const fileSystem = withFaults({
      list: (path) => {
        const names = nodeFileSystem.list(path);
        if (isArmed) compact(folder);
        isArmed = false;
        return names;
      },
    });
    assert.equal(new Set(scan(folder, new Map(), fileSystem).ids).size, 3);
  });

  it('[rule 7] gives up after a bounded number of listings and names the file', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([rating('a')]);
    let listings = 0;
    const fileSystem = withFaults({
      list: (path) => {
        if (path === folder) listings++;
        return nodeFileSystem.list(path);
      },
      openForReading: () => {
        throw errnoError('EBUSY');
      },
    });
    const result = scan(folder, new Map(), fileSystem);
    const named = fs.readdirSync(folder).map((name) => ({ name, code: 'EBUSY' }));
    assert.deepEqual([result.ids, result.unreadable], [[], named]);
    assert.equal(listings, 10);
    assert.equal(scan(folder, result.offsets).ids.length, 1);
  });

  it('names a file that cannot be read and reads the others', () => {
    const folder = newJournalFolder();
    write(folder, 'bad.sealed', HEADER, event('a', 1));
    write(folder, 'good.sealed', HEADER, event('b', 2));
    fs.mkdirSync(join(folder, 'folder.sealed'));
    const fileSystem = withFaults({
      openForReading: (path) => {
        if (path.endsWith('bad.sealed')) throw errnoError('EACCES');
        return nodeFileSystem.openForReading(path);
      },
    });
    const result = scan(folder, new Map(), fileSystem);
    assert.deepEqual(result.ids, ['w.2']);
    assert.deepEqual(result.unreadable, [
      { name: 'bad.sealed', code: 'EACCES' },
      { name: 'folder.sealed', code: 'EISDIR' },
    ]);
  });

  it('passes over and counts events of unknown types, shapes and versions', () => {
    const folder = newJournalFolder();
    const known = { ...rating('a'), id: 'w.9', rev: 9, at: 0 };
    write(
      folder,
      'a.sealed',
      HEADER,
      lineOf({ ...known, type: 'dream' }),
      lineOf({ ...known, rating: 11 }),
      lineOf({ ...known, format: 2 }),
      lineOf({ ...known, type: 'constructor' }),
      lineOf({ type: 'rating' }),
      event('a', 1),
    );
    const result = scan(folder);
    assert.deepEqual([result.ids, result.unknownEvents, result.badLines], [['w.1'], 5, 0]);
  });

  it('leaves a file in a later format alone and names it', () => {
    const folder = newJournalFolder();
    write(folder, 'later.sealed', lineOf({ header: { format: 2 } }), event('a', 1));
    write(folder, 'ours.sealed', HEADER, event('b', 2));
    const result = scan(folder);
    assert.deepEqual([result.ids, result.laterFiles], [['w.2'], ['later.sealed']]);
    assert.equal(result.offsets.has('later'), false);
  });

  it('names sealed files that lost their end or are gone', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    const [first] = journal.append([rating('a'), rating('b')]);
    journal.close();
    assert.deepEqual(scan(folder).lost, []);
    const [name = ''] = fs.readdirSync(folder);
    const path = join(folder, name);
    const [id = ''] = name.split('.');
    const { size: bytes } = fs.statSync(path);
    // Between two lines, so that no line tells.
    const left = fs.readFileSync(path).lastIndexOf('\n', bytes - 2) + 1;
    fs.truncateSync(path, left);
    assert.deepEqual([scan(folder).ids, scan(folder).lost], [[first?.id], [{ id, bytes, left }]]);
    assert.deepEqual(scan(folder, new Map([[id, bytes]])).lost, [{ id, bytes, left }]);
    fs.appendFileSync(path, Buffer.alloc(bytes - left));
    assert.deepEqual(scan(folder).lost, [{ id, bytes, left }]);
    fs.unlinkSync(path);
    assert.deepEqual(scan(folder).lost, [{ id, bytes, left: undefined }]);
  });

  it('misses nothing that a compaction folded and deleted', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    compact(folder);
    seal(folder, 'c');
    compact(folder, { purge: true });
    assert.deepEqual(scan(folder).lost, []);
    fs.truncateSync(join(folder, fs.readdirSync(folder)[0] ?? ''), 300);
    assert.equal(scan(folder).lost.length, 1);
  });

  it('reads and names the copies that sync tools make of a file', () => {
    const suffixes = [
      ' (conflicted copy 2026-11-29).sealed',
      ' (Ada’s conflicted copy 2026-11-29).sealed',
      ' (conflicted copy 2026-11-29 101010).sealed',
      ' (Konfliktkopie von Ada 2026-11-29).open',
      '.sync-conflict-20261129-101010-ABCDEFG.sealed',
      '-LAPTOP.sealed',
      '-LAPTOP-2.base',
      ' (1).sealed',
      ' 2.sealed',
      '_conflict-20261129-101010.sealed',
      '_LAPTOP_Nov-29-101010-2026_Conflict.sealed',
      ' (SFConflict ada@example.org 2026-11-29-10-10-10).sealed',
      ' [Conflict].sealed',
      '.sealed.conflict1',
      '.sealed (1)',
      '.sealed~',
      '.sealed.~1~',
    ];
    const befores = ['~', 'Copy of ', 'Kopie von ', '(Ada) ', '#'];
    const around = [
      ...suffixes.map((suffix) => ['', suffix] as const),
      ...befores.map((before) => [before, '.sealed'] as const),
    ];
    for (const [before, suffix] of around) {
      const folder = newJournalFolder();
      const [id] = seal(folder, 'a');
      const [name = ''] = fs.readdirSync(folder);
      const path = join(folder, name);
      const copy = `${before}${name.replace('.sealed', '')}${suffix}`;
      fs.renameSync(path, join(folder, copy));
      fs.writeFileSync(path, HEADER.subarray(0, 20));
      const { ids, copies, lost } = scan(folder);
      assert.deepEqual({ ids, copies, lost }, { ids: [id], copies: [copy], lost: [] }, copy);
      compact(folder);
      assert.equal(fs.existsSync(join(folder, copy)), false, copy);
      assert.deepEqual(scan(folder).ids, [id], copy);
    }
  });

  it('leaves alone what is still being copied, and other files', () => {
    const folder = newJournalFolder();
    seal(folder, 'a');
    const [name = ''] = fs.readdirSync(folder);
    const others = ['.tmp', '.part', '.part~'].map((ending) => `${name}${ending}`);
    others.push(
      `.syncthing.${name}.tmp`,
      `.${name}.Xy7aQ2`,
      `._${name}`,
      `~$${name}`,
      'notes.sealed.txt',
    );
    for (const other of others) fs.copyFileSync(join(folder, name), join(folder, other));
    assert.deepEqual(scan(folder).copies, []);
    assert.equal(scan(folder).ids.length, 1);
  });

  it('[rule 21] names files that are shorter than their offset', () => {
    const folder = newJournalFolder();
    write(folder, 'a.sealed', HEADER, event('a', 1));
    const offsets = new Map([['a', 100_000]]);
    assert.deepEqual(scan(folder, offsets).beyondEnd, ['a']);
    assert.deepEqual(scan(folder).beyondEnd, []);
  });

  it('forgets offsets of files that are gone', () => {
    const folder = newJournalFolder();
    openTestJournal(folder).append([rating('a')]);
    const offsets = new Map([...scan(folder).offsets, ['gone', 7] as const]);
    assert.deepEqual([...scan(folder, offsets).offsets.keys()], [...scan(folder).offsets.keys()]);
  });

  it('computes the checksum of gzip', () => {
    assert.equal(crc32ByTable(Buffer.from('123456789')), 0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const line = encodeLine({ header: { format: 1, host: String(bytes), boot: '' } });
        const stated = Number.parseInt(line.toString('latin1', 0, 8), 16);
        assert.equal(crc32ByTable(line.subarray(9, -1)), stated);
      }),
    );
  });
});
