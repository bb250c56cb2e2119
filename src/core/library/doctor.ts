import { AppError } from '../model/errors.ts';
import { type LocalizedText, localized } from '../model/localizedText.ts';
import type { DoctorFinding, DoctorReport } from '../model/ports/libraryUpkeep.ts';
import { dumpView } from './view/dump.ts';
import type { Journal } from './journal/journal.ts';
import type { ScanResult } from './journal/scan.ts';
import { listJournal } from './journal/file.ts';
import type { Folding } from './compactLibrary.ts';
import { folderBytes } from './read/stats.ts';
import type { LibraryView } from './view/libraryView.ts';
import { textRemains } from './journal/compact/purgeScan.ts';
import { listSnapshots, readSnapshot } from './view/snapshot.ts';
import type { OpenSqlite, Sqlite } from './view/sqlite.ts';
import type { VectorStore } from './vectors/vectors.ts';
import { openEmptyView, type View } from './view/view.ts';

export interface Checkable {
  readonly assetsDir: string;
  readonly openSqlite: OpenSqlite;
  readonly journal: Journal;
  readonly live: LibraryView;
  readonly vectors: VectorStore;
  readonly folding: Folding;
  readonly derivedFolder: string;
  readonly readOnlyReason: LocalizedText | undefined;
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
  const message = readOnlyReason ?? localized`the library can be written`;
  return { level: readOnlyReason === undefined ? 'ok' : 'warning', check: 'writable', message };
}

/** Reads the journal from its beginning and compares what comes of it with the view in use. */
function checkJournal(library: Checkable): readonly DoctorFinding[] {
  const { folding, openSqlite, assetsDir, journal } = library;
  const fresh = openEmptyView(openSqlite, assetsDir, folderBytes(journal.folder) * 2);
  try {
    const result = scanInto(fresh, journal);
    const { badLines } = result;
    const later = result.unknownEvents + result.laterFiles.length;
    const unreadable = result.unreadable.length;
    const states = new Map<string, number>();
    for (const { suffix } of listJournal(folding)) {
      states.set(suffix, (states.get(suffix) ?? 0) + 1);
    }
    const [open = 0, sealed = 0, base = 0] = ['open', 'sealed', 'base'].map((state) =>
      states.get(state),
    );
    return [
      {
        level: 'ok',
        check: 'journal-files',
        message: localized`${result.events} events in ${open} open, ${sealed} sealed, ${base} base files`,
      },
      count(
        'warning',
        'journal-lines',
        badLines,
        localized`${badLines} unreadable lines, passed over`,
      ),
      count(
        'warning',
        'journal-later',
        later,
        localized`${later} events or files of a later version, passed over`,
      ),
      count(
        'error',
        'journal-unreadable',
        unreadable,
        localized`${unreadable} files cannot be read`,
      ),
      compareViews(library.live.view.db, fresh.db),
    ];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ level: 'error', check: 'journal-files', message: error.localizedMessage }];
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
      return {
        level: 'error',
        check,
        message: localized`the view differs from what the journals say`,
      };
    }
  }
  if (lines.next().done !== true) {
    return { level: 'error', check, message: localized`the view lacks something the journals say` };
  }
  return { level: 'ok', check, message: localized`the view is what the journals say` };
}

function checkPurge({ folding }: Checkable): DoctorFinding {
  const pending = textRemains(folding, undefined);
  return pending
    ? {
        level: 'warning',
        check: 'purge',
        message: localized`text asked to be purged is still on disk`,
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
      localized`${damaged} damaged snapshots, which are not used`,
    ),
    {
      level: 'ok',
      check: 'size',
      message: localized`${ids.length} snapshots, ${size} of derived files`,
    },
  ];
}

function checkVectors({ vectors }: Checkable): DoctorFinding {
  const { vectors: held, damagedBlocks } = vectors.verify();
  if (damagedBlocks === 0) {
    return { level: 'ok', check: 'vectors', message: localized`${held} vectors` };
  }
  const message = localized`${damagedBlocks} damaged blocks of vectors, which are made anew`;
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
