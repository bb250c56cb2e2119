import fs from 'node:fs';

import { readAll, removeFile } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';

/** Where a file of texts is, and which bytes of all texts it holds. */
export interface TextFilePlace {
  readonly path: string;
  readonly first: number;
  readonly sizeBytes: number;
}

/**
 * One file of texts, which is never written again once it is there. It stays open, so that it can
 * be read after another process deleted it.
 */
export interface TextFile extends TextFilePlace {
  /** Bytes that are valid until the next call; `undefined` where the file does not give them. */
  read(at: number, sizeBytes: number): Uint8Array | undefined;
  /** Marks the file as in use, so that it is not taken for an old one; false where it is gone. */
  touch(): boolean;
  /** Deletes it, so that no snapshot that refers to it is believed. */
  remove(): void;
  close(): void;
}

/** What is read at once by somebody who reads one text after the other. */
const AHEAD_BYTES = 1 << 18;
/** Texts that are passed over without another call to the system. */
const NEAR_BYTES = 1 << 16;

/** @returns `undefined` where it is gone or of another size than it was written with */
export function openTextFile(place: TextFilePlace): TextFile | undefined {
  const { path, first, sizeBytes } = place;
  let descriptor: number;
  try {
    descriptor = fs.openSync(path, 'r');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
  if (fs.fstatSync(descriptor).size !== sizeBytes) {
    fs.closeSync(descriptor);
    return undefined;
  }
  const ahead = createReadAhead(descriptor, sizeBytes);
  return {
    ...place,
    read: (at, wanted) => ahead(at - first, wanted),
    touch: () => touch(path),
    remove: () => void removeFile(path),
    close: () => {
      fs.closeSync(descriptor);
    },
  };
}

/** Reads single texts exactly, and more than is asked for where one follows the other. */
function createReadAhead(
  descriptor: number,
  fileBytes: number,
): (at: number, sizeBytes: number) => Uint8Array | undefined {
  let memory = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  return (at, sizeBytes) => {
    if (at < start || at + sizeBytes > end) {
      const isNext = at >= start && at - end < NEAR_BYTES && end > 0;
      const wanted = Math.min(
        fileBytes - at,
        isNext ? Math.max(AHEAD_BYTES, sizeBytes) : sizeBytes,
      );
      if (memory.length < wanted) memory = Buffer.alloc(wanted);
      start = at;
      end = at + readIfThere(descriptor, memory.subarray(0, wanted), at);
    }
    return at + sizeBytes > end ? undefined : memory.subarray(at - start, at - start + sizeBytes);
  };
}

/** @returns bytes read; none where the disk does not give them */
function readIfThere(descriptor: number, into: Uint8Array, position: number): number {
  try {
    return readAll(descriptor, into, position);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return 0;
  }
}

function touch(path: string): boolean {
  const now = new Date();
  try {
    fs.utimesSync(path, now, now);
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}
