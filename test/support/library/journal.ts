import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  EventBody,
  FileEvent,
  LibraryEvent,
  RatingEvent,
  RecordedFragment,
} from '../../../src/core/model/event.ts';
import {
  compactJournal,
  type CompactionOptions,
} from '../../../src/core/library/journal/compact/compaction.ts';
import { nodeFileSystem, type FileSystem } from '../../../src/core/platform/fileSystem.ts';
import { FACTS } from '../../../src/core/library/facts/all.ts';
import { compareEvents } from '../../../src/core/library/facts/fold.ts';
import {
  openJournal,
  type Journal,
  type JournalOptions,
} from '../../../src/core/library/journal/journal.ts';
import { scanJournal } from '../../../src/core/library/journal/scan.ts';

export const MACHINE = { host: 'this-host', boot: 'this-boot' };

/** A day of 2026, so that files written by the test are not idle. */
export const now = (): number => Date.now();

const folders: string[] = [];

/** The journal folder of a new library; `removeLibraries` deletes it. */
export function newJournalFolder(): string {
  const library = mkdtempSync(join(tmpdir(), 'journal-'));
  folders.push(library);
  return join(library, 'journal');
}

export function removeLibraries(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export function openTestJournal(folder: string, options: Partial<JournalOptions> = {}): Journal {
  return openJournal({ folder, random: randomBytes, now, machine: MACHINE, ...options });
}

export function compactionOf(
  folder: string,
  options: Partial<CompactionOptions> = {},
): CompactionOptions {
  const defaults = { random: randomBytes, now, machine: MACHINE, fileSystem: nodeFileSystem };
  return { folder, purge: false, ...defaults, ...options };
}

export function compact(
  folder: string,
  options: Partial<CompactionOptions> = {},
): ReturnType<typeof compactJournal> {
  return compactJournal(compactionOf(folder, options));
}

export function readAll(folder: string, fileSystem: FileSystem = nodeFileSystem): LibraryEvent[] {
  const events: LibraryEvent[] = [];
  scanJournal({ folder, fileSystem }, new Map(), (event) => events.push(event));
  return events;
}

/** What a view sees of a set of events: the winner of each cell. */
export function winnersOf(events: readonly LibraryEvent[]): ReadonlyMap<string, LibraryEvent> {
  const winners = new Map<string, LibraryEvent>();
  const weights = new Map<string, number>();
  for (const event of events) {
    for (const { key, weight } of FACTS.cellsOf(event)) {
      const holder = winners.get(key);
      const held = weights.get(key) ?? 0;
      const wins =
        holder === undefined ||
        weight > held ||
        (weight === held && compareEvents(event, holder) > 0);
      if (wins) {
        winners.set(key, event);
        weights.set(key, weight);
      }
    }
  }
  return new Map([...winners].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function rating(pattern: string, stars: RatingEvent['rating'] = 5): EventBody {
  return { type: 'rating', pattern, rating: stars, session: null, task: null, by: 'test' };
}

export function fragment(id: string, options: Partial<RecordedFragment> = {}): RecordedFragment {
  return {
    id,
    kind: 'function',
    language: 'python',
    framework: null,
    name: id,
    signature: null,
    description: `text of ${id}`,
    tags: [],
    code: `code of ${id}`,
    complexity: 3,
    lines: 5,
    fingerprint: id.repeat(4),
    template: '$1',
    qualifiedName: id,
    range: { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } },
    kept: true,
    ...options,
  };
}

export function fileOf(path: string, fragments: readonly RecordedFragment[]): FileEvent {
  return {
    type: 'file',
    project: 'git:root',
    path,
    contentHash: `hash of ${path}`,
    language: 'python',
    fragments,
  };
}

/** The file system with some calls replaced. */
export function withFaults(faults: Partial<FileSystem>): FileSystem {
  return { ...nodeFileSystem, ...faults };
}

/** Hundreds of files would wait for the disk for seconds. */
const UNFLUSHED = withFaults({ flush: () => undefined });

/**
 * Seals one file for each pattern.
 *
 * @returns ids of their events
 */
export function seal(folder: string, ...patterns: readonly string[]): string[] {
  return patterns.map((pattern) => {
    const journal = openTestJournal(folder, { fileSystem: UNFLUSHED });
    const [event] = journal.append([rating(pattern)]);
    journal.close();
    return event?.id ?? '';
  });
}

/** Last parts of the names in a journal's folder, sorted: `base`, `open`, `sealed`. */
export function suffixes(folder: string): readonly string[] {
  return readdirSync(folder)
    .map((name) => name.replace(/^\w+\./, ''))
    .sort();
}
