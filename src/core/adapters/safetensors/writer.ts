import { createHash } from 'node:crypto';
import type { ElementType } from '../../model/api/adapters.ts';
import { beginReplacement } from '../../platform/disk.ts';
import { ELEMENT_BYTES, encode } from './elements.ts';
import { toHeader } from './header.ts';

/** A tensor to be written. */
export interface TensorSource {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Its elements, row by row, in pieces of any size; each piece is used before the next is made. */
  readonly pieces: () => Iterable<Float32Array>;
}

/** Pieces that are on their way to the disk while the next is made and hashed. */
const MOST_IN_FLIGHT = 4;

/** Rights of a file that others may read, as other programs write them. */
const PUBLIC_FILE = 0o644;

/**
 * Writes a safetensors file whole or not at all: with the largest elements first, then by name, so
 * that the same tensors give the same bytes.
 *
 * @returns SHA-256 of what was written, in lower-case hex
 */
export async function writeTensorFile(
  path: string,
  tensors: readonly TensorSource[],
): Promise<string> {
  const sorted = [...tensors].sort(
    (a, b) => ELEMENT_BYTES[b.type] - ELEMENT_BYTES[a.type] || compareNames(a.name, b.name),
  );
  const replacement = beginReplacement(path, PUBLIC_FILE);
  const hash = createHash('sha256');
  const rooms = Array.from({ length: MOST_IN_FLIGHT }, () => ({
    bytes: new Uint8Array(0),
    isFree: Promise.resolve(),
  }));
  let turn = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    const room = rooms[turn++ % MOST_IN_FLIGHT];
    if (room === undefined) return;
    await room.isFree;
    // A piece is gone with the next one, which is made while this one is written.
    if (room.bytes.length < bytes.length) room.bytes = new Uint8Array(bytes.length);
    room.bytes.set(bytes);
    const held = room.bytes.subarray(0, bytes.length);
    room.isFree = replacement.append(held);
    // Whoever waits for the room hears of a failure, and that may be later.
    room.isFree.catch(() => undefined);
    hash.update(held);
  };
  try {
    await write(toHeader(sorted));
    for (const { type, pieces } of sorted) {
      for (const piece of pieces()) await write(encode(type, piece));
    }
    await Promise.all(rooms.map(({ isFree }) => isFree));
    replacement.commit();
    return hash.digest('hex');
  } finally {
    await Promise.allSettled(rooms.map(({ isFree }) => isFree));
    replacement.abandon();
  }
}

/** By code units, as the format's own library sorts them. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
