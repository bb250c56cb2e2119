import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { errorCode } from '../../platform/fileSystem.ts';

/** Where a log is left off, so that the next time only what was appended is read. */
export interface Bookmark {
  get(): Buffer | undefined;
  put(state: Buffer): void;
}

/** What was read of a log of lines by the end of its last whole line. */
export interface LeftOff {
  /** Of its reader; numbers, texts, lists, maps and sets. */
  readonly state: unknown;
  /** By file. */
  readonly places: ReadonlyMap<string, Place>;
}

interface Place {
  readonly end: number;
  /** Of what stands before it: another beginning is another log. */
  readonly mark: string;
}

const MARKED = 4096;

/** What was left off; `undefined` where it was not, or where a file is not what it was then. */
export function recall(bookmark: Bookmark, files: readonly string[]): LeftOff | undefined {
  const bytes = bookmark.get();
  const left = bytes && read(bytes);
  if (left === undefined) return undefined;
  const isSame = [...left.places].every(
    ([file, { end, mark }]) => files.includes(file) && markOf(file, end) === mark,
  );
  return isSame ? left : undefined;
}

/** Leaves a log off, unless one of its files cannot be gone on with. */
export function leaveOff(
  bookmark: Bookmark,
  state: unknown,
  ends: ReadonlyMap<string, number | undefined>,
): void {
  const places = new Map<string, Place>();
  for (const [file, end] of ends) {
    const mark = end === undefined ? undefined : markOf(file, end);
    if (end === undefined || mark === undefined) return;
    places.set(file, { end, mark });
  }
  const left: LeftOff = { state, places };
  bookmark.put(serialize(left));
}

function read(bytes: Buffer): LeftOff | undefined {
  try {
    return deserialize(bytes) as LeftOff;
  } catch {
    return undefined;
  }
}

/** Of the first bytes and of those before a place; `undefined` where the file is shorter. */
function markOf(path: string, end: number): string | undefined {
  let file: number | undefined;
  try {
    file = fs.openSync(path, 'r');
    const length = Math.min(MARKED, end);
    const head = Buffer.alloc(length);
    const tail = Buffer.alloc(length);
    const read = fs.readSync(file, head, 0, length, 0);
    const readTail = fs.readSync(file, tail, 0, length, end - length);
    if (read < length || readTail < length) return undefined;
    return createHash('sha256').update(head).update(tail).digest('hex').slice(0, 16);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
