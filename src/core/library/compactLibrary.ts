import { dirname } from 'node:path';
import type { Corpus, SearchDocument } from '../model/ports/corpus.ts';
import type { CompactionSummary } from '../model/ports/libraryUpkeep.ts';
import { compactJournal, shouldCompact } from './journal/compact/compaction.ts';
import type { SealOptions } from './journal/seal.ts';
import { removeFolder } from '../platform/disk.ts';
import { removeKeptText } from './codeIndexes.ts';
import { sequencesFolder } from './sequences/experiments.ts';
import { isNothingPurged } from './facts/purge.ts';
import { readPurged, textRemains } from './journal/compact/purgeScan.ts';
import { recordingsFolder } from './recordings.ts';
import { writeBack, type Recoverable } from './recovery.ts';
import { removeAllSnapshots } from './view/snapshot.ts';
import type { VectorStore } from './vectors/vectors.ts';

/** The parts of a library that compaction touches. */
export interface Compactable extends Recoverable {
  readonly corpus: Corpus;
  readonly vectors: VectorStore;
  readonly derivedFolder: string;
}

/** Whether there is enough to fold for compaction to be worth its time. */
export function isDue(folding: SealOptions): boolean {
  return shouldCompact(folding);
}

/**
 * Folds the journal and, where text was asked to be purged and is still there, removes it from
 * everything that is derived, too.
 *
 * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`,
 *   `library-on-shared-drive`
 */
export function foldJournal(
  library: Compactable,
  textHashOf: (document: SearchDocument) => string,
): CompactionSummary {
  const { folding, live, vectors } = library;
  live.refresh();
  // A damaged file is folded like any other, and nothing would tell of the damage any more.
  writeBack(library, folding.now());
  const purge = isPurgeWanted(library);
  const { filesBefore, filesAfter, bytesBefore, bytesAfter, purgePending } = compactJournal({
    ...folding,
    purge,
  });
  const isClean = purge ? purgeDerived(library, textHashOf) : true;
  if (!purge) vectors.compact();
  // Readers of the former snapshot would have to read the folded file from its beginning.
  live.saveSnapshot(true);
  return {
    filesBefore,
    filesAfter,
    bytesBefore,
    bytesAfter,
    purgePending: purgePending || !isClean,
  };
}

function isPurgeWanted({ folding, live }: Compactable): boolean {
  if (live.mayHoldPurged) return true;
  return !isNothingPurged(readPurged(folding)) && textRemains(folding, undefined);
}

/** @returns false where something could not be deleted */
function purgeDerived(
  { live, corpus, vectors, derivedFolder }: Compactable,
  textHashOf: (document: SearchDocument) => string,
): boolean {
  const folder = dirname(derivedFolder);
  // Both hold code of any project, and what was said about it.
  const areRecordsGone = [recordingsFolder(folder), sequencesFolder(folder)].map(removeFolder);
  const isKeptTextGone = removeKeptText(derivedFolder) && areRecordsGone.every(Boolean);
  const areSnapshotsGone = removeAllSnapshots(derivedFolder);
  live.rebuild();
  // Not every system deletes a file that the former view held open.
  const areFilesGone = isKeptTextGone && (areSnapshotsGone || removeAllSnapshots(derivedFolder));
  const hashes = new Set<string>();
  for (const { document } of corpus.changesSince(0)) {
    if (document !== undefined) hashes.add(textHashOf(document));
  }
  return vectors.keepOnly((textHash) => hashes.has(textHash)) && areFilesGone;
}
