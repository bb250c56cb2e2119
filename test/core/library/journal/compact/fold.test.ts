import assert from 'node:assert/strict';
import fs from 'node:fs';
import { join } from 'node:path';
import type { LibraryEvent } from '../../../../../src/core/model/event.ts';
import { nodeFileSystem } from '../../../../../src/core/platform/fileSystem.ts';
import { FACTS } from '../../../../../src/core/library/facts/all.ts';
import { compareEvents } from '../../../../../src/core/library/facts/fold.ts';
import { scanJournal } from '../../../../../src/core/library/journal/scan.ts';
import {
  compact,
  newJournalFolder,
  openTestJournal,
  rating,
  readAll,
  removeLibraries,
  seal,
} from '../../../../support/library/journal.ts';

describe('a base made of files that are known', () => {
  afterEach(removeLibraries);

  const scan = (folder: string, offsets: ReadonlyMap<string, number>) => {
    let count = 0;
    const result = scanJournal({ folder, fileSystem: nodeFileSystem }, offsets, () => count++);
    return { offsets: result.offsets, count };
  };

  it('is not read by those who read all its inputs, and is by those who missed one', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b', 'c');
    const known = scan(folder, new Map());
    compact(folder);
    const once = scan(folder, known.offsets);
    assert.equal(once.count, 0);
    assert.equal(once.offsets.size, 1);
    seal(folder, 'd');
    compact(folder);
    // The new event is in the base only, so that the base must be read by both.
    assert.equal(scan(folder, once.offsets).count, 4);
    assert.equal(scan(folder, known.offsets).count, 4);
  });

  it('is not read by those one compaction behind who read all that went into both', () => {
    const folder = newJournalFolder();
    seal(folder, 'a', 'b');
    const first = scan(folder, new Map());
    compact(folder);
    seal(folder, 'c');
    const [third] = fs.readdirSync(folder).filter((name) => name.endsWith('.sealed'));
    const sizeBytes = fs.statSync(join(folder, third ?? '')).size;
    compact(folder);
    const offsets = new Map([...first.offsets, [third?.split('.')[0] ?? '', sizeBytes] as const]);
    assert.equal(scan(folder, offsets).count, 0);
    offsets.set(third?.split('.')[0] ?? '', sizeBytes - 1);
    assert.equal(scan(folder, offsets).count, 3);
  });

  it('is read when an input was read in part only, or not at all', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([rating('a')]);
    const part = scan(folder, new Map());
    journal.append([rating('b')]);
    compact(folder);
    assert.equal(scan(folder, part.offsets).count, 2);
    assert.equal(scan(folder, new Map()).count, 2);
  });
});

describe('the order of events', () => {
  afterEach(removeLibraries);

  const at = (rev: number, id: string): LibraryEvent => ({ ...rating('a'), id, rev, at: 0 });

  it('is by revision, then by id', () => {
    assert.ok(compareEvents(at(2, 'a'), at(1, 'b')) > 0);
    assert.ok(compareEvents(at(1, 'b'), at(1, 'a')) > 0);
    assert.equal(compareEvents(at(1, 'a'), at(1, 'a')), 0);
  });

  it('[rule 18] lets forget and restore of one subject compete, and purges with restores', () => {
    const keys = (type: 'forget' | 'restore', purge: boolean): string[] =>
      FACTS.cellsOf({ id: 'a', rev: 1, at: 0, type, subject: { pattern: 'p' }, purge }).map(
        ({ key }) => key,
      );
    assert.deepEqual(keys('restore', false), keys('forget', true));
    assert.deepEqual(keys('forget', false), keys('forget', true).slice(0, 1));
  });

  it('[rule 19] keeps only the last of cumulative counts, and the highest of any', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    const flush = (counts: Record<string, number>): void => {
      journal.append([{ type: 'impressions', writer: 'w', day: '2026-01-01', counts }]);
    };
    flush({ a: 1 });
    flush({ a: 2, b: 1 });
    compact(folder);
    assert.equal(readAll(folder).length, 1);
    flush({ a: 1 });
    compact(folder);
    const [kept, ...others] = readAll(folder);
    assert.deepEqual(others, []);
    assert.deepEqual(kept?.type === 'impressions' && kept.counts, { a: 2, b: 1 });
  });

  it('keeps an edit as long as one of its fields stands', () => {
    const folder = newJournalFolder();
    const journal = openTestJournal(folder);
    journal.append([{ type: 'edit', pattern: 'a', name: 'n', description: 'd' }]);
    journal.append([{ type: 'edit', pattern: 'a', name: 'm' }]);
    compact(folder);
    assert.equal(readAll(folder).length, 2);
    openTestJournal(folder, { highestRev: 2 }).append([
      { type: 'edit', pattern: 'a', description: 'e' },
    ]);
    compact(folder);
    assert.deepEqual(
      readAll(folder).map((event) => event.rev),
      [2, 3],
    );
  });
});
