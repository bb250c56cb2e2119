import type { LibraryEvent } from '../model/event.ts';
import { FACTS } from './facts/all.ts';
import type { Recalled } from './facts/kind.ts';
import type { Journal } from './journal/journal.ts';
import { findAltered } from './journal/damagedFiles.ts';
import type { ScanResult } from './journal/scan.ts';
import type { SealOptions } from './journal/seal.ts';
import { removeSeals } from './journal/sealRecord.ts';
import { folderBytes } from './read/stats.ts';
import type { LibraryView } from './view/libraryView.ts';
import { purgedIn } from './view/purges.ts';
import type { RowsAndTexts } from './texts/longTexts.ts';
import type { OpenSqlite } from '../platform/sqlite.ts';
import { openEmptyView, type View } from './view/view.ts';

/** The parts of a library that tell what its journal lost and the view still holds. */
export interface Recoverable {
  readonly assetsDir: string;
  readonly openSqlite: OpenSqlite;
  readonly journal: Journal;
  readonly live: LibraryView;
  readonly folding: SealOptions;
}

/** Ids of sealed files that are not what they were: shorter, gone, or altered. */
export function damagedFiles({ live, folding }: Recoverable): ReadonlySet<string> {
  return new Set([...live.lastScan.lost, ...findAltered(folding)].map(({ id }) => id));
}

/**
 * Facts that only the view in use still holds, as its snapshot was made before a file of the
 * journal was damaged; without the text of what is purged.
 *
 * @param fresh a view of what the journal holds now
 */
export function onlyInView(live: RowsAndTexts, fresh: RowsAndTexts): readonly Recalled[] {
  const held = new Set([...FACTS.recall(fresh)].map(keyOf));
  const purged = purgedIn(live.db);
  return [...FACTS.recall(live)].flatMap(({ body, order }) => {
    const left = withoutPurged({ body, ...(order && { order }) }, purged);
    return left === undefined || held.has(keyOf(left)) ? [] : [left];
  });
}

/**
 * Writes facts that only the view in use still holds back to the journal, as they were recorded,
 * and takes the damage for mended. The view must be made anew after it.
 *
 * @returns how many facts were written
 * @throws AppError as `Journal.append`
 */
export function writeBack(library: Recoverable, nowMs: number): number {
  const { journal, live, folding } = library;
  const damaged = damagedFiles(library);
  if (damaged.size === 0) return 0;
  const facts = withFresh(library, (fresh) => onlyInView(live.view, fresh));
  journal.rewrite(facts.flatMap((fact) => toEvent(fact, nowMs) ?? []));
  journal.append(facts.flatMap(({ body, order }) => (order === undefined ? [body] : [])));
  removeSeals(folding, damaged);
  return facts.length;
}

/** How many facts would be dropped if the view were made anew from the journal. */
export function countOnlyInView(library: Recoverable): number {
  if (damagedFiles(library).size === 0) return 0;
  return withFresh(library, (fresh) => onlyInView(library.live.view, fresh).length);
}

/** Hands over a view of the journal as it is now, and closes it. */
export function withFresh<T>(
  { assetsDir, openSqlite, journal }: Pick<Recoverable, 'assetsDir' | 'openSqlite' | 'journal'>,
  use: (fresh: View, scanned: ScanResult) => T,
): T {
  const fresh = openEmptyView(openSqlite, assetsDir, folderBytes(journal.folder));
  try {
    return use(fresh, scanInto(fresh, journal));
  } finally {
    fresh.close();
  }
}

/** Takes into a view what it has not read yet. */
export function scanInto(view: View, journal: Journal): ScanResult {
  const results: ScanResult[] = [];
  view.take((apply) => {
    const result = journal.scan(view.progress.offsets, apply);
    results.push(result);
    return { offsets: result.offsets, highestRev: result.highestRev };
  });
  const [result] = results;
  if (result === undefined) throw new Error('a transaction did not run');
  return result;
}

function withoutPurged(fact: Recalled, purged: ReturnType<typeof purgedIn>): Recalled | undefined {
  const { body, order } = fact;
  if (order === undefined) {
    const left = FACTS.withoutPurged(body, purged);
    return left && { body: left };
  }
  const left = FACTS.eventWithoutPurged({ ...body, at: 0, ...order }, purged);
  return left && { body: left, order: { ...order, id: left.id } };
}

/** Equal for one fact in two views. */
function keyOf({ body, order }: Recalled): string {
  return JSON.stringify([body.type, order?.id ?? body]);
}

function toEvent({ body, order }: Recalled, nowMs: number): LibraryEvent | undefined {
  return order && { ...body, at: nowMs, ...order };
}
