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

/** Rights of a file that others may read, as other programs write them. */
const PUBLIC_FILE = 0o644;

/**
 * Writes a safetensors file whole or not at all: with the largest elements first, then by name, so
 * that the same tensors give the same bytes.
 *
 * @returns SHA-256 of what was written, in lower-case hex
 */
export function writeTensorFile(path: string, tensors: readonly TensorSource[]): string {
  const sorted = [...tensors].sort(
    (a, b) => ELEMENT_BYTES[b.type] - ELEMENT_BYTES[a.type] || compareNames(a.name, b.name),
  );
  const replacement = beginReplacement(path, PUBLIC_FILE);
  const hash = createHash('sha256');
  const write = (bytes: Uint8Array): void => {
    hash.update(bytes);
    replacement.write(bytes);
  };
  try {
    write(toHeader(sorted));
    for (const { type, pieces } of sorted) {
      for (const piece of pieces()) write(encode(type, piece));
    }
    replacement.commit();
    return hash.digest('hex');
  } finally {
    replacement.abandon();
  }
}

/** By code units, as the format's own library sorts them. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
