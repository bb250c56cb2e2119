import type { LibraryEvent } from '../../model/event.ts';
import type { FileSystem } from '../../platform/fileSystem.ts';
import {
  listJournal,
  readHeader,
  readLines,
  statusOf,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from './file.ts';
import { JOURNAL_FORMAT, parseLine } from './line.ts';
import { isCovered, type Offsets } from './offsets.ts';
import { findLost, type LostFile } from './damagedFiles.ts';

/** What a scan of a folder met beside lines. */
export interface FolderScan {
  /** Give these to the next scan; ids of files that are gone are left out. */
  readonly offsets: Offsets;
  /** Files in a later format, by name; nothing of them was read. */
  readonly laterFiles: readonly string[];
  /** Files that could not be read to their end; the next scan tries again. */
  readonly unreadable: readonly UnreadableName[];
  /** Sealed files that hold less than was sealed, or are gone. */
  readonly lost: readonly LostFile[];
  /** Copies that sync tools made, by name; what they hold was read. */
  readonly copies: readonly string[];
  /** Files that were read, as far as they were new. */
  readonly readable: number;
  /** Ids of files shorter than their offset: the offsets belong to another state on disk. */
  readonly beyondEnd: readonly string[];
}

export interface ScanResult extends FolderScan {
  readonly events: number;
  /** Finished lines that could not be read. */
  readonly badLines: number;
  /** Events with a value that cannot be shown; read without it. */
  readonly mendedEvents: number;
  /** Events of a type, shape or version this code does not know; passed over. */
  readonly unknownEvents: number;
  /** 0 when nothing was read. */
  readonly highestRev: number;
}

export interface UnreadableName {
  readonly name: string;
  /** As the system gives it, such as `EACCES`. */
  readonly code: string;
}

/**
 * Listings in one scan. A file that vanished between listing and reading was renamed or folded,
 * and the next listing shows where its events went.
 */
const MAX_LISTINGS = 10;

/** Codes of a file that somebody is renaming or deleting. */
const PASSING_CODES: ReadonlySet<string | undefined> = new Set(['ENOENT', 'EPERM', 'EBUSY']);

/** One scan in progress. */
interface Tally {
  readonly fileSystem: FileSystem;
  readonly onLine: OnJournalLine;
  readonly offsets: Map<string, number>;
  readonly laterFiles: Set<string>;
}

/**
 * Told of each finished line, without its newline, headers too; its bytes are valid during the call only.
 *
 * @param place the file, and where in it the line begins
 */
export type OnJournalLine = (
  line: Buffer,
  place: { readonly file: JournalFile; readonly start: number },
) => void;

/** What one walk over the folder's listing met; the sizes are by id. */
export interface Walk {
  readonly files: readonly JournalFile[];
  readonly sizes: Map<string, number>;
  readonly unreadable: UnreadableName[];
  isPassing: boolean;
}

/** See `Journal.scan`. */
export function scanJournal(
  journal: JournalFolder,
  offsets: Offsets,
  onEvent: (event: LibraryEvent) => void,
): ScanResult {
  const counts = { events: 0, badLines: 0, mendedEvents: 0, unknownEvents: 0, highestRev: 0 };
  const scan = scanFolder(journal, offsets, (line) => {
    const parsed = parseLine(line);
    switch (parsed.kind) {
      case 'event':
        counts.events++;
        if (parsed.isMended) counts.mendedEvents++;
        counts.highestRev = Math.max(counts.highestRev, parsed.event.rev);
        onEvent(parsed.event);
        break;
      case 'unknown':
        counts.unknownEvents++;
        break;
      case 'bad':
        counts.badLines++;
        break;
      case 'header':
        break;
    }
  });
  return { ...scan, ...counts };
}

/** Hands over the lines written after `offsets`, whatever they say; see `Journal.scan`. */
export function scanFolder(
  journal: JournalFolder,
  offsets: Offsets,
  onLine: OnJournalLine,
): FolderScan {
  const { fileSystem } = journal;
  const tally: Tally = { fileSystem, onLine, offsets: new Map(offsets), laterFiles: new Set() };
  let walk = walkFiles(tally, listJournal(journal));
  for (let listings = 1; walk.isPassing && listings < MAX_LISTINGS; listings++) {
    walk = walkFiles(tally, listJournal(journal));
  }
  const known = [...tally.offsets].filter(([id]) => walk.sizes.has(id));
  return {
    offsets: new Map(known),
    laterFiles: [...tally.laterFiles],
    unreadable: walk.unreadable,
    lost: findLost(journal, tally.offsets, walk),
    copies: walk.files.flatMap((file) => (file.copyOf === undefined ? [] : [file.name])),
    readable: walk.files.length - walk.unreadable.length,
    beyondEnd: known.filter(([id, bytes]) => bytes > (walk.sizes.get(id) ?? 0)).map(([id]) => id),
  };
}

function walkFiles(tally: Tally, files: readonly JournalFile[]): Walk {
  const walk: Walk = { files, sizes: new Map(), unreadable: [], isPassing: false };
  for (const file of files) {
    try {
      const { sizeBytes } = statusOf(tally.fileSystem, file.path);
      // A restored backup may hold a shorter copy of a file under another suffix.
      walk.sizes.set(file.id, Math.max(sizeBytes, walk.sizes.get(file.id) ?? 0));
      scanFile(tally, file, sizeBytes);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      walk.unreadable.push({ name: file.name, code: error.code ?? '' });
      walk.isPassing ||= PASSING_CODES.has(error.code);
      walk.sizes.set(file.id, Infinity);
    }
  }
  return walk;
}

function scanFile(tally: Tally, file: JournalFile, sizeBytes: number): void {
  const known = tally.offsets.get(file.id);
  if (sizeBytes <= (known ?? 0)) return;
  if (known === undefined && !beginFile(tally, file, sizeBytes)) return;
  readLines(tally.fileSystem, file.path, { from: known ?? 0 }, (line, end) => {
    tally.onLine(line.subarray(0, -1), { file, start: end - line.length });
    tally.offsets.set(file.id, end);
    return undefined;
  });
}

/** @returns false when the file needs no reading: in a later format, or known from its inputs */
function beginFile(tally: Tally, file: JournalFile, sizeBytes: number): boolean {
  const header = readHeader(tally.fileSystem, file.path);
  if (header === undefined) return true;
  if (header.format > JOURNAL_FORMAT) {
    tally.laterFiles.add(file.name);
    return false;
  }
  if (header.folds === undefined || !isCovered(header.folds, tally.offsets)) return true;
  tally.offsets.set(file.id, sizeBytes);
  return false;
}
