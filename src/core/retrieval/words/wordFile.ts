import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { listFolder, readIfPossible, removeFile, replaceDerivedFile } from '../../platform/disk.ts';
import { openSegment, SEGMENT_VERSION, type SegmentArrays } from './segmentLayout.ts';

/** The saved word index of one snapshot: derived, so a damaged or missing one is built anew. */
export interface WordFile {
  exists(): boolean;
  /** `undefined` where there is no whole file of this version for that state of the corpus. */
  read(corpusVersion: number): SegmentArrays | undefined;
  /** Puts it in place of those of other snapshots; false where the folder cannot be written. */
  replace(bytes: Uint8Array): boolean;
}

const PREFIX = `words-${SEGMENT_VERSION}-`;

export function createWordFile(folder: string, snapshotId: string): WordFile {
  const name = `${PREFIX}${snapshotId}.bin`;
  const path = join(folder, name);
  return {
    exists: () => existsSync(path),
    read(corpusVersion) {
      const file = openSegment(readIfPossible(path) ?? new Uint8Array());
      return file?.corpusVersion === corpusVersion ? file.arrays : undefined;
    },
    replace(bytes) {
      if (!replaceDerivedFile(path, [bytes])) return false;
      for (const other of listFolder(folder)) {
        const replaced = other.startsWith(PREFIX) && other.endsWith('.bin') && other !== name;
        if (replaced) removeFile(join(folder, other));
      }
      return true;
    },
  };
}
