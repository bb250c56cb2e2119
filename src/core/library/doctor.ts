import { AppError } from '../model/errors.ts';
import type { DoctorFinding, DoctorReport } from '../model/ports.ts';
import { dumpView } from './dump.ts';
import type { Journal } from './journal.ts';
import type { ScanResult } from './journalScan.ts';
import { listJournal } from './journalFile.ts';
import type { Folding } from './libraryCompaction.ts';
import { folderBytes } from './libraryStats.ts';
import type { LibraryView } from './libraryView.ts';
import { textRemains } from './purgeScan.ts';
import { listSnapshots, readSnapshot } from './snapshot.ts';
import type { OpenSqlite, Sqlite } from './sqlite.ts';
import type { VectorStore } from './vectors.ts';
import { openEmptyView, type View } from './view.ts';

export interface Checkable {
  readonly assetsDir: string;
  readonly openSqlite: OpenSqlite;
  readonly journal: Journal;
  readonly live: LibraryView;
  readonly vectors: VectorStore;
  readonly folding: Folding;
  readonly derivedFolder: string;
  readonly readOnlyReason: string | undefined;
}

/** Looks a library through; changes nothing. */
export function checkLibrary(library: Checkable): DoctorReport {
  library.live.refresh();
  return {
    findings: [
      checkWritable(library),
      ...checkJournal(library),
      checkPurge(library),
      ...checkSnapshots(library),
      checkVectors(library),
    ],
  };
}

function checkWritable({ readOnlyReason }: Checkable): DoctorFinding {
  const message = readOnlyReason ?? 'the library can be written';
  return { level: readOnlyReason === undefined ? 'ok' : 'warning', check: 'writable', message };
}

/** Reads the journal from its beginning and compares what comes of it with the view in use. */
function checkJournal(library: Checkable): readonly DoctorFinding[] {
  const { folding, openSqlite, assetsDir, journal } = library;
  const fresh = openEmptyView(openSqlite, assetsDir, folderBytes(journal.folder) * 2);
  try {
    const result = scanInto(fresh, journal);
    const states = new Map<string, number>();
    for (const { suffix } of listJournal(folding)) {
      states.set(suffix, (states.get(suffix) ?? 0) + 1);
    }
    const files = ['open', 'sealed', 'base'].map((state) => `${states.get(state) ?? 0} ${state}`);
    return [
      {
        level: 'ok',
        check: 'journal-files',
        message: `${result.events} events in ${files.join(', ')} files`,
      },
      count('warning', 'journal-lines', [result.badLines, 'unreadable lines, passed over']),
      count('warning', 'journal-later', [
        result.unknownEvents + result.laterFiles.length,
        'events or files of a later version, passed over',
      ]),
      count('error', 'journal-unreadable', [result.unreadable.length, 'files cannot be read']),
      compareViews(library.live.view.db, fresh.db),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ level: 'error', check: 'journal-files', message: error.message }];
  } finally {
    fresh.db.close();
  }
}

function scanInto(view: View, journal: Journal): ScanResult {
  const results: ScanResult[] = [];
  view.take((apply) => {
    results.push(journal.scan(new Map(), apply));
    return undefined;
  });
  const [result] = results;
  if (result === undefined) throw new Error('a transaction did not run');
  return result;
}

function compareViews(view: Sqlite, fresh: Sqlite): DoctorFinding {
  const check = 'view';
  const lines = dumpView(fresh, true);
  for (const line of dumpView(view, true)) {
    if (lines.next().value !== line) {
      return { level: 'error', check, message: 'the view differs from what the journals say' };
    }
  }
  if (lines.next().done !== true) {
    return { level: 'error', check, message: 'the view lacks something the journals say' };
  }
  return { level: 'ok', check, message: 'the view is what the journals say' };
}

function checkPurge({ folding }: Checkable): DoctorFinding {
  const pending = textRemains(folding, undefined);
  return pending
    ? { level: 'warning', check: 'purge', message: 'text asked to be purged is still on disk' }
    : { level: 'ok', check: 'purge', message: 'no purge is pending' };
}

function checkSnapshots({ derivedFolder }: Checkable): readonly DoctorFinding[] {
  const size = `${megabytes(folderBytes(derivedFolder))} of derived files`;
  const ids = listSnapshots(derivedFolder);
  const broken = ids.filter((id) => readSnapshot(derivedFolder, id) === undefined);
  return [
    count('warning', 'snapshots', [broken.length, 'damaged snapshots, which are not used']),
    { level: 'ok', check: 'size', message: `${ids.length} snapshots, ${size}` },
  ];
}

function checkVectors({ vectors }: Checkable): DoctorFinding {
  const { vectors: held, damagedBlocks } = vectors.verify();
  if (damagedBlocks === 0) return { level: 'ok', check: 'vectors', message: `${held} vectors` };
  const message = `${damagedBlocks} damaged blocks of vectors, which are made anew`;
  return { level: 'warning', check: 'vectors', message };
}

/** `level` applies when there is at least one. */
function count(
  level: DoctorFinding['level'],
  check: string,
  [number, what]: readonly [number, string],
): DoctorFinding {
  return { level: number === 0 ? 'ok' : level, check, message: `${number} ${what}` };
}

function megabytes(sizeBytes: number): string {
  return `${(sizeBytes / 1e6).toFixed(1)} MB`;
}
