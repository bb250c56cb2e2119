import type { Fold } from './line.ts';

/** Bytes consumed of each journal file, by the file's id. Store its entries in the snapshot. */
export type Offsets = ReadonlyMap<string, number>;

/**
 * Whether everything a base was made of has been read. Ids are never used twice and files only
 * grow, so the first `bytes` bytes of a file are the same for whoever reads them.
 */
export function isCovered(folds: readonly Fold[], offsets: Offsets): boolean {
  return (
    folds.length > 0 &&
    folds.every(
      (fold) =>
        (offsets.get(fold.id) ?? -1) >= fold.bytes ||
        (fold.folds !== undefined && isCovered(fold.folds, offsets)),
    )
  );
}
