import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

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
      const file = openSegment(readIfThere(path));
      return file?.corpusVersion === corpusVersion ? file.arrays : undefined;
    },
    replace(bytes) {
      const temporary = join(folder, `${name}.${randomBytes(6).toString('hex')}.tmp`);
      try {
        mkdirSync(folder, { recursive: true });
        writeFileSync(temporary, bytes);
        renameSync(temporary, path);
      } catch (error) {
        removeUnlessInUse(temporary);
        if (isFileSystemError(error)) return false;
        throw error;
      }
      for (const other of readdirSync(folder)) {
        const replaced = other.startsWith(PREFIX) && other.endsWith('.bin') && other !== name;
        if (replaced) removeUnlessInUse(join(folder, other));
      }
      return true;
    },
  };
}

function readIfThere(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isFileSystemError(error)) return new Uint8Array();
    throw error;
  }
}

/** Where another process holds the file open and the platform minds, it stays for the next time. */
function removeUnlessInUse(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
  }
}

function isFileSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}
