import { AppError } from '../model/errors.ts';
import { joined, type LocalizedText, localized } from '../model/localizedText.ts';
import type { DoctorFinding, DoctorReport } from '../model/ports/libraryUpkeep.ts';
import { dumpView } from './view/dump.ts';
import type { Journal } from './journal/journal.ts';
import type { ScanResult } from './journal/scan.ts';
import { listJournal, newFileId, temporaryPath, type JournalFile } from './journal/file.ts';
import { findAltered } from './journal/damagedFiles.ts';
import { toWriteFailure } from './journal/lineWriter.ts';
import { errorCode, writeAll } from '../platform/fileSystem.ts';
import { lostText, unreadableRemedy, unreadableText } from './trouble.ts';
import type { SealOptions } from './journal/seal.ts';
import { folderBytes } from './read/stats.ts';
import type { LibraryView } from './view/libraryView.ts';
import { textRemains } from './journal/compact/purgeScan.ts';
import { damagedFiles, onlyInView, scanInto, withFresh, type Recoverable } from './recovery.ts';
import { listSnapshots, readSnapshot } from './view/snapshot.ts';
import type { RowsAndTexts } from './texts/longTexts.ts';
import { countDamaged } from './texts/saveTexts.ts';
import type { Sqlite } from '../platform/sqlite.ts';
import type { VectorStore } from './vectors/vectors.ts';
import type { View, ViewProgress } from './view/view.ts';

export interface Checkable extends Recoverable {
  readonly vectors: VectorStore;
  readonly derivedFolder: string;
  readonly readOnlyReason: LocalizedText | undefined;
}

/** Looks a library through; changes nothing. */
export function checkLibrary(library: Checkable): DoctorReport {
  return {
    findings: [
      checkWritable(library),
      ...checkJournal(library),
      checkPurge(library),
      ...checkSnapshots(library),
      checkTexts(library.live.view),
      checkVectors(library),
    ],
  };
}

function checkWritable({ readOnlyReason, folding }: Checkable): DoctorFinding {
  const check = 'writable';
  const reason = readOnlyReason ?? whyUnwritable(folding);
  return reason === undefined
    ? { level: 'ok', check, message: localized`the library is writable` }
    : { level: 'warning', check, message: reason };
}

/** More than a file system keeps free for the names and rights of files. */
const TRIAL_BYTES = 64 * 1024;

/** Tries it: rights alone say nothing of a full disk. `undefined` where it went well. */
function whyUnwritable({ folder, fileSystem, random }: SealOptions): LocalizedText | undefined {
  const path = temporaryPath(folder, newFileId(random));
  try {
    const descriptor = fileSystem.create(path);
    try {
      writeAll(fileSystem, descriptor, new Uint8Array(TRIAL_BYTES));
      fileSystem.flush(descriptor);
    } finally {
      fileSystem.close(descriptor);
      fileSystem.remove(path);
    }
    return undefined;
  } catch (error) {
    // A library that is not there yet is made with the first fact.
    if (errorCode(error) === 'ENOENT') return undefined;
    const failure = toWriteFailure(folder, error);
    if (failure instanceof AppError) return failure.localizedMessage;
    throw error;
  }
}

/** Reads the journal from its beginning and compares what comes of it with the view in use. */
function checkJournal(library: Checkable): readonly DoctorFinding[] {
  try {
    return withFresh(library, (fresh, scanned) => checkScanned(library, fresh, scanned));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ level: 'error', check: 'journal-files', message: error.localizedMessage }];
  }
}

function checkScanned(
  library: Checkable,
  fresh: View,
  result: ScanResult,
): readonly DoctorFinding[] {
  const { folding, journal, live } = library;
  const { badLines } = result;
  const later = result.unknownEvents + result.laterFiles.length;
  const isDamaged = damagedFiles(library).size > 0;
  const onlyHere = isDamaged ? onlyInView(live.view, fresh).length : 0;
  return [
    countFiles(result, listJournal(folding)),
    checkValues(result),
    count('warning', 'journal-lines', badLines, localized`${badLines} unreadable lines, skipped`),
    count(
      'warning',
      'journal-later',
      later,
      localized`${later} events or files of a later version, skipped`,
    ),
    ...checkUnreadable(result, journal.folder),
    ...checkLost(result, folding),
    ...result.copies.map((name) => ({
      level: 'warning' as const,
      check: 'journal-copies',
      message: localized`${name} is a copy that a sync tool made of a journal file; it is read like the others, and the next compaction takes it in`,
    })),
    // What only the view holds keeps the two apart.
    onlyHere > 0 ? checkOnlyHere(onlyHere) : compareViews(live, fresh, journal),
  ];
}

function checkOnlyHere(facts: number): DoctorFinding {
  const message = localized`${facts} facts of what was lost are left in the view; pattern-foundry doctor --recover writes them back`;
  return { level: 'error', check: 'journal-recoverable', message };
}

function countFiles({ events }: ScanResult, files: readonly JournalFile[]): DoctorFinding {
  const [open = 0, sealed = 0, base = 0] = ['open', 'sealed', 'base'].map(
    (state) => files.filter(({ suffix }) => suffix === state).length,
  );
  const message = localized`${events} events in ${open} open, ${sealed} sealed, ${base} base files`;
  return { level: 'ok', check: 'journal-files', message };
}

function checkUnreadable({ unreadable }: ScanResult, folder: string): readonly DoctorFinding[] {
  const check = 'journal-unreadable';
  if (unreadable.length === 0) {
    return [{ level: 'ok', check, message: localized`every file can be read` }];
  }
  return unreadable.map((file) => {
    const text = unreadableText(file, folder);
    const remedy = unreadableRemedy(file, folder);
    return {
      level: 'error',
      check,
      message: remedy === undefined ? text : joined([text, remedy], '; '),
    };
  });
}

function checkLost({ lost }: ScanResult, folding: SealOptions): readonly DoctorFinding[] {
  const check = 'journal-lost';
  const known = new Set(lost.map(({ id }) => id));
  const faults = [
    ...lost.map((file) => lostText(file, folding.folder)),
    ...findAltered(folding)
      .filter((file) => !known.has(file.id))
      .map(({ name }) => localized`the journal file ${name} has changed since it was sealed`),
  ];
  if (faults.length === 0) {
    return [{ level: 'ok', check, message: localized`sealed files are unchanged` }];
  }
  return faults.map((message) => ({ level: 'error', check, message }));
}

function checkValues({ mendedEvents }: ScanResult): DoctorFinding {
  const check = 'journal-values';
  if (mendedEvents === 0) {
    return { level: 'ok', check, message: localized`every value can be shown` };
  }
  const message = localized`${mendedEvents} events hold a date that cannot be shown; doctor --rebuild removes it`;
  return { level: 'warning', check, message };
}

/** Others write all the while, but seldom between two looks at the journal time and again. */
const MAX_LOOKS = 50;

/** Compares two views that have read the same, however much others write meanwhile. */
function compareViews(live: LibraryView, fresh: View, journal: Journal): DoctorFinding {
  const check = 'view';
  for (let looks = 0; looks < MAX_LOOKS; looks++) {
    const formerLive = live.view.progress;
    const formerFresh = fresh.progress;
    live.refresh();
    scanInto(fresh, journal);
    const { progress } = live.view;
    // What was lost since the view read it keeps them apart, and nobody writes.
    const isQuiet = isSame(formerLive, progress) && isSame(formerFresh, fresh.progress);
    if (isQuiet || isSame(progress, fresh.progress)) {
      const difference = differenceOf(live.view.db, fresh.db);
      return difference === undefined
        ? { level: 'ok', check, message: localized`the view matches the journals` }
        : { level: 'error', check, message: difference };
    }
  }
  const message = localized`other processes keep writing, so the view could not be compared`;
  return { level: 'ok', check, message };
}

function isSame({ offsets: one }: ViewProgress, { offsets: other }: ViewProgress): boolean {
  return one.size === other.size && [...one].every(([id, bytes]) => other.get(id) === bytes);
}

function differenceOf(view: Sqlite, fresh: Sqlite): LocalizedText | undefined {
  const lines = dumpView(fresh, true);
  for (const line of dumpView(view, true)) {
    if (lines.next().value !== line) return localized`the view does not match the journals`;
  }
  if (lines.next().done === true) return undefined;
  return localized`the view is missing something that is in the journals`;
}

function checkPurge({ folding }: Checkable): DoctorFinding {
  const pending = textRemains(folding, undefined);
  return pending
    ? {
        level: 'warning',
        check: 'purge',
        message: localized`text that should have been purged is still on disk`,
      }
    : { level: 'ok', check: 'purge', message: localized`no purge is pending` };
}

function checkSnapshots({ derivedFolder }: Checkable): readonly DoctorFinding[] {
  const size = megabytes(folderBytes(derivedFolder));
  const ids = listSnapshots(derivedFolder);
  const damaged = ids.filter((id) => readSnapshot(derivedFolder, id) === undefined).length;
  return [
    count(
      'warning',
      'snapshots',
      damaged,
      localized`number of damaged snapshots, which are not used: ${damaged}`,
    ),
    {
      level: 'ok',
      check: 'size',
      message: localized`number of snapshots: ${ids.length}; derived files: ${size}`,
    },
  ];
}

function checkTexts(view: RowsAndTexts): DoctorFinding {
  const damaged = countDamaged(view);
  const message = localized`number of damaged texts, which are rebuilt when next read: ${damaged}`;
  return count('warning', 'texts', damaged, message);
}

function checkVectors({ vectors }: Checkable): DoctorFinding {
  const { vectors: held, damagedBlocks } = vectors.verify();
  if (damagedBlocks === 0) {
    return { level: 'ok', check: 'vectors', message: localized`${held} vectors` };
  }
  const message = localized`number of damaged blocks of vectors, which will be rebuilt: ${damagedBlocks}`;
  return { level: 'warning', check: 'vectors', message };
}

/** `level` applies when there is at least one. */
function count(
  level: DoctorFinding['level'],
  check: string,
  number: number,
  message: LocalizedText,
): DoctorFinding {
  return { level: number === 0 ? 'ok' : level, check, message };
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
