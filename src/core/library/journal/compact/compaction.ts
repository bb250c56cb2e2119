import type { CompactionSummary } from '../../../model/ports/libraryUpkeep.ts';
import { foldOnce, type FoldOutcome } from './pass.ts';
import { errorCode } from '../../../platform/fileSystem.ts';
import {
  listJournal,
  listTemporary,
  statusOf,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from '../file.ts';
import { refuseSharedDrive } from '../machine.ts';
import { maySeal, sealAll, type SealOptions } from '../seal.ts';
import { textRemains } from './purgeScan.ts';

export interface CompactionOptions extends SealOptions {
  /**
   * Whether text asked to be purged must be gone when it returns: other compactors' temporary
   * files are deleted, and the journal is looked through again.
   */
  readonly purge: boolean;
}

export interface CompactionResult extends CompactionSummary {
  /** Lines that failed their checksum and were dropped. */
  readonly badLines: number;
}

/** See docs/library.md, rule 15. */
const MAX_SEALED_FILES = 64;
const MIN_SEALED_BYTES = 8 * 1024 * 1024;
const BASE_SHARE = 4;

/** Folding races with other compactors and with writers that come anew; three rounds end it. */
const MAX_ROUNDS = 3;

/** A compactor writes for seconds; what is older was left by one that was killed. */
const TEMPORARY_MS = 60 * 60 * 1000;

/** Whether there are enough sealed files, or files of killed writers, to be worth folding. */
export function shouldCompact(options: Omit<SealOptions, 'random'>): boolean {
  const files = listJournal(options);
  const open = files.filter((file) => file.suffix === 'open');
  const sealed = files.filter((file) => file.suffix === 'sealed');
  if (sealed.length > MAX_SEALED_FILES) return true;
  const baseBytes = sizeOf(
    options,
    files.filter((file) => file.suffix === 'base'),
  );
  const limit = Math.max(MIN_SEALED_BYTES, baseBytes / BASE_SHARE);
  if (sizeOf(options, sealed) > limit) return true;
  if (sealed.length + open.length <= MAX_SEALED_FILES) return false;
  const leftOpen = open.filter((file) => maySeal(options, file));
  return sealed.length + leftOpen.length > MAX_SEALED_FILES;
}

/**
 * Folds all files it may seal into one base and deletes them; events that have no effect and text
 * that was purged are left out. Safe beside any number of writers and compactors, and when killed
 * at any instant.
 *
 * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`,
 *   `library-on-shared-drive`; nothing is lost then
 */
export function compactJournal(options: CompactionOptions): CompactionResult {
  refuseSharedDrive(options, options.machine, options.now());
  const before = listJournal(options);
  const bytesBefore = sizeOf(options, before);
  const { badLines, purgePending } = options.purge ? purgeText(options) : foldFiles(options);
  const after = listJournal(options);
  return {
    filesBefore: before.length,
    filesAfter: after.length,
    bytesBefore,
    bytesAfter: sizeOf(options, after),
    purgePending,
    badLines,
  };
}

interface Rounds {
  readonly badLines: number;
  readonly purgePending: boolean;
}

function foldFiles(options: CompactionOptions): Rounds {
  deleteTemporary(options, TEMPORARY_MS);
  let outcome: FoldOutcome | undefined;
  for (let rounds = 0; rounds < MAX_ROUNDS && outcome === undefined; rounds++) {
    sealAll(options);
    outcome = foldOnce(options, true);
  }
  const purgePending = textRemains(options, outcome);
  return { badLines: outcome?.badLines ?? 0, purgePending };
}

function purgeText(options: CompactionOptions): Rounds {
  let badLines = 0;
  let purgePending = true;
  for (let rounds = 0; rounds < MAX_ROUNDS && purgePending; rounds++) {
    sealAll(options);
    badLines += foldOnce(options, false)?.badLines ?? 0;
    // After the inputs are gone: a compactor that began with them fails to rename or to read.
    deleteTemporary(options, -Infinity);
    purgePending = listTemporary(options).length > 0 || textRemains(options, undefined);
  }
  return { badLines, purgePending };
}

/** Deletes what other compactors wrote longer ago than `ageMs`; they notice when they rename. */
function deleteTemporary(options: CompactionOptions, ageMs: number): void {
  const { fileSystem, now } = options;
  for (const path of listTemporary(options)) {
    try {
      if (now() - fileSystem.stat(path).modifiedMs > ageMs) fileSystem.remove(path);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
  }
}

function sizeOf({ fileSystem }: JournalFolder, files: readonly JournalFile[]): number {
  let bytes = 0;
  for (const file of files) {
    try {
      bytes += statusOf(fileSystem, file.path).sizeBytes;
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
    }
  }
  return bytes;
}
