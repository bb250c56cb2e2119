import { AppError } from '../../model/errors.ts';
import type { LibraryEvent } from '../../model/event.ts';
import { localized } from '../../model/localizedText.ts';
import { highestRow, type CurrentView } from '../read/corpus.ts';
import type { Journal } from '../journal/journal.ts';
import type { ScanResult } from '../journal/scan.ts';
import { createLongTexts, isDamagedText } from '../texts/longTexts.ts';
import { openTextFiles, saveTexts } from '../texts/saveTexts.ts';
import { listSnapshots, newTextsPath, readSnapshot, writeSnapshot } from './snapshot.ts';
import type { OpenSqlite } from '../../platform/sqlite.ts';
import { openEmptyView, openView, type View } from './view.ts';

/** The view of a library on disk: loaded from a snapshot and brought up to date from the journals. */
export interface LibraryView extends CurrentView {
  readonly journal: Journal;
  /** What the last look at the journal met. */
  readonly lastScan: ScanResult;
  /** Takes in what this process has just written. */
  takeOwn(events: readonly LibraryEvent[]): void;
  /** Takes in what anybody wrote. */
  refresh(): void;
  /** @param always whether to write one although little happened since the last */
  saveSnapshot(always: boolean): void;
  /** Makes the view anew from the journals. */
  rebuild(): void;
  /** Whether an event asked to purge text and the view may still hold it. */
  readonly mayHoldPurged: boolean;
  /** Whether a journal holds events with values that cannot be shown; compaction mends them. */
  readonly needsMending: boolean;
  close(): void;
}

export interface LibraryViewOptions {
  readonly derivedFolder: string;
  readonly assetsDir: string;
  readonly openSqlite: OpenSqlite;
  /** @param highestRev that the view has seen */
  readonly openJournal: (highestRev: number) => Journal;
  readonly journalBytes: () => number;
  readonly random: (sizeBytes: number) => Uint8Array;
  /** Whether text that was asked to be purged is still in a journal. */
  readonly textRemains: () => boolean;
}

/** A snapshot costs a second at 100,000 patterns; replaying less than this costs less. */
const MIN_EVENTS = 2000;
const MIN_BYTES = 4 * 1024 * 1024;

export function openLibraryView(options: LibraryViewOptions): LibraryView {
  const { derivedFolder } = options;
  let journal = options.openJournal(0);
  const own = new Set<string>();
  let snapshot: CurrentView['snapshot'];
  let savedBytes = 0;
  let eventsSince = 0;
  let formerRows = 0;
  let mayHoldPurged = false;
  let lastScan: ScanResult | undefined;
  let needsMending = false;
  let view = loadNewest() ?? scanAll();

  function loadNewest(): View | undefined {
    for (const id of listSnapshots(derivedFolder)) {
      const loaded = load(id);
      if (loaded !== undefined) return loaded;
    }
    return undefined;
  }

  /** `undefined` for a snapshot that cannot be read or is of another state of the journals. */
  function load(id: string): View | undefined {
    const read = readSnapshot(derivedFolder, id);
    if (read === undefined) return undefined;
    const db = options.openSqlite(read.file);
    const files = openTextFiles(db, derivedFolder);
    if (files === undefined) {
      db.close();
      return undefined;
    }
    const loaded = openView(db, createLongTexts(files));
    snapshot = { id, version: loaded.version };
    savedBytes = sumOf(loaded.progress.offsets);
    journal = options.openJournal(loaded.progress.highestRev);
    const { beyondEnd, lost } = scan(loaded);
    // A snapshot that holds what the journals have lost is all there is of it.
    if (beyondEnd.every((id) => lost.some((file) => file.id === id))) return loaded;
    loaded.close();
    snapshot = undefined;
    return undefined;
  }

  function scanAll(): View {
    const fresh = openEmptyView(options.openSqlite, options.assetsDir, options.journalBytes());
    snapshot = undefined;
    savedBytes = 0;
    eventsSince = 0;
    scan(fresh);
    return fresh;
  }

  function scan(into: View): ScanResult {
    let result: ScanResult | undefined;
    into.take((apply) => {
      const { offsets } = into.progress;
      const found = journal.scan(offsets, (event) => {
        if (own.delete(event.id)) return;
        notice(event);
        apply(event);
      });
      result = found;
      needsMending ||= found.mendedEvents > 0;
      if (found.events === 0 && isSame(offsets, found.offsets)) return undefined;
      return { offsets: found.offsets, highestRev: journal.highestRev };
    });
    if (result === undefined) throw new Error('a transaction did not run');
    lastScan = result;
    return result;
  }

  function notice(event: LibraryEvent): void {
    eventsSince++;
    if (event.type === 'forget' && event.purge) mayHoldPurged = true;
  }

  function isEnough(): boolean {
    if (snapshot === undefined) return eventsSince > 0;
    return eventsSince > MIN_EVENTS || sumOf(view.progress.offsets) - savedBytes > MIN_BYTES;
  }

  function rebuild(): void {
    const { version } = view;
    formerRows = Math.max(formerRows, highestRow(view.db));
    view.close();
    own.clear();
    view = scanAll();
    view.follow(version);
    mayHoldPurged &&= options.textRemains();
  }

  function withSoundTexts<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isDamagedText(error)) throw error;
      if ((lastScan?.lost.length ?? 0) > 0) {
        throw new AppError(
          'library-damaged',
          localized`texts of the library are damaged, and so are files of its journal; pattern-foundry doctor --recover saves what is left`,
        );
      }
      for (const file of view.texts.files) file.remove();
      rebuild();
      return work();
    }
  }

  return {
    journal,
    get lastScan() {
      if (lastScan === undefined) throw new Error('a view is open before it was scanned');
      return lastScan;
    },
    get view() {
      return view;
    },
    get snapshot() {
      return snapshot;
    },
    get formerRows() {
      return formerRows;
    },
    get needsMending() {
      return needsMending;
    },
    get mayHoldPurged() {
      return mayHoldPurged;
    },
    withSoundTexts,
    takeOwn(events) {
      view.take((apply) => {
        for (const event of events) {
          own.add(event.id);
          notice(event);
          apply(event);
        }
        return undefined;
      });
    },
    refresh() {
      scan(view);
    },
    saveSnapshot(always) {
      scan(view);
      if (!always && !isEnough()) return;
      if (mayHoldPurged) {
        // What is purged must not return to the disk.
        if (options.textRemains()) return;
        rebuild();
      }
      const { random } = options;
      const isSaved = withSoundTexts(() => saveTexts(view, newTextsPath(derivedFolder, random)));
      if (!isSaved) return;
      const id = writeSnapshot(derivedFolder, {
        bytes: view.db.bytes(),
        texts: view.texts.files.map(({ path }) => path),
        highestRev: journal.highestRev,
        random,
      });
      if (id === undefined) return;
      snapshot = { id, version: view.version };
      savedBytes = sumOf(view.progress.offsets);
      eventsSince = 0;
    },
    rebuild,
    close() {
      view.close();
    },
  };
}

function sumOf(offsets: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const offset of offsets.values()) sum += offset;
  return sum;
}

function isSame(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  if (a.size !== b.size) return false;
  for (const [file, offset] of a) if (b.get(file) !== offset) return false;
  return true;
}
