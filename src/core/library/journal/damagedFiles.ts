import {
  listJournal,
  readHeader,
  statusOf,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from './file.ts';
import type { Fold } from './line.ts';
import type { Offsets } from './offsets.ts';
import { holdsSealed, listSeals, type SealRecord } from './sealRecord.ts';

/** A sealed file that is not what it was. */
export interface LostFile {
  readonly id: string;
  /** How long it was. */
  readonly bytes: number;
  /** How much of it can still be read; `undefined` when there is no such file any more. */
  readonly left: number | undefined;
}

/** What a scan has seen: the files listed, and how long they are by id, infinite where unreadable. */
interface Seen {
  readonly files: readonly JournalFile[];
  readonly sizes: ReadonlyMap<string, number>;
}

/**
 * Sealed files of which less can be read than was sealed, or than was read before; copies of them
 * are counted in. What a base holds of a file is not lost.
 *
 * @param offsets up to where each file was read, now or before
 */
export function findLost(
  journal: JournalFolder,
  offsets: Offsets,
  { files, sizes }: Seen,
): readonly LostFile[] {
  const records = listSeals(journal);
  const suspects = records.flatMap((record) => {
    const left = leftOf(record, offsets, { files, sizes });
    return left !== undefined && left >= record.bytes ? [] : [{ ...record, left }];
  });
  const recorded = new Set(records.map(({ id }) => id));
  const shrunk = files.filter(
    ({ id, suffix }) => suffix !== 'open' && !recorded.has(id) && isShorter(id, offsets, sizes),
  );
  return [
    ...confirm(journal, suspects, sizes),
    // Sealed without a record of it: by an earlier version, or in place of a killed writer.
    ...shrunk.map(({ id }) => ({ id, bytes: offsets.get(id) ?? 0, left: sizes.get(id) ?? 0 })),
  ];
}

function isShorter(id: string, offsets: Offsets, sizes: Seen['sizes']): boolean {
  return (sizes.get(id) ?? 0) < (offsets.get(id) ?? 0);
}

interface Suspect extends SealRecord {
  readonly left: number | undefined;
}

function confirm(
  journal: JournalFolder,
  suspects: readonly Suspect[],
  sizes: Seen['sizes'],
): readonly LostFile[] {
  if (suspects.length === 0) return [];
  // The listings were not made at one instant: a compaction may have gone on between them.
  const current = new Set(listSeals(journal).map(({ id }) => id));
  const names = listJournal(journal);
  const folded = names.some(({ suffix }) => suffix === 'base') ? foldsOf(journal, names) : [];
  return suspects
    .filter(
      (record) =>
        current.has(record.id) &&
        !isFolded(record, folded) &&
        !hasCome(journal, record, { files: names, sizes }),
    )
    .map(({ id, bytes, left }) => ({ id, bytes, left }));
}

function leftOf(record: SealRecord, offsets: Offsets, { files, sizes }: Seen): number | undefined {
  const ids = files.filter((file) => (file.copyOf ?? file.id) === record.id).map(({ id }) => id);
  if (ids.length === 0) return undefined;
  const sizeOf = (id: string): number => sizes.get(id) ?? 0;
  // A file that nothing was read of is in a later format, or cannot be read, which is said.
  return Math.max(...ids.map((id) => Math.min(sizeOf(id), offsets.get(id) ?? Infinity)));
}

/** Whether a file that was not there in full when it was looked at is so now: others write. */
function hasCome({ fileSystem }: JournalFolder, record: SealRecord, seen: Seen): boolean {
  if ((seen.sizes.get(record.id) ?? 0) >= record.bytes) return false;
  return seen.files.some((file) => {
    if (file.id !== record.id) return false;
    try {
      return statusOf(fileSystem, file.path).sizeBytes >= record.bytes;
    } catch (error) {
      if (error instanceof UnreadableFile) return false;
      throw error;
    }
  });
}

function foldsOf({ fileSystem }: JournalFolder, names: readonly JournalFile[]): readonly Fold[] {
  return names.flatMap((file) => {
    if (file.suffix !== 'base') return [];
    try {
      return readHeader(fileSystem, file.path)?.folds ?? [];
    } catch (error) {
      if (error instanceof UnreadableFile) return [];
      throw error;
    }
  });
}

function isFolded(record: SealRecord, folds: readonly Fold[]): boolean {
  return folds.some(
    ({ id, bytes, folds: inner }) =>
      (id === record.id && bytes >= record.bytes) || isFolded(record, inner ?? []),
  );
}

/** Sealed files that are long enough but begin with something else than was sealed. */
export function findAltered(journal: JournalFolder): readonly JournalFile[] {
  const records = new Map(listSeals(journal).map((record) => [record.id, record]));
  const files = listJournal(journal);
  const holds = (file: JournalFile, record: SealRecord): boolean | undefined =>
    holdsSealed(journal.fileSystem, file.path, record);
  return files.filter((file) => {
    const record = records.get(file.id);
    // A file that is gone meanwhile was folded.
    if (record === undefined || holds(file, record) !== false) return false;
    // A sync tool may have put a copy of it aside, whole.
    return !files.some((other) => other.copyOf === file.id && holds(other, record) === true);
  });
}
