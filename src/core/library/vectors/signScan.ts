import { createKernelMemory } from './kernel.ts';

/** The signs of vectors, an eighth of their int8 copies: what is near has most of them in common. */
export interface SignScan {
  /** Takes a row in; its number is the count before. */
  add(vector: Int8Array): void;
  /**
   * Rows that share most signs with the query, in order: `least` or, with those that share as many,
   * more; all where there are fewer.
   */
  likely(query: Float32Array, least: number): Uint32Array;
}

const BATCH_ROWS = 16_384;

/** @param dimensions a multiple of 64 */
export function createSignScan(assetsDir: string, dimensions: number): SignScan {
  const rowBytes = dimensions / 8;
  const scoresAt = rowBytes;
  const rowsAt = scoresAt + BATCH_ROWS * 4;
  const memory = createKernelMemory(assetsDir);
  let differences = new Uint16Array(1024);
  let count = 0;

  /** @returns how many rows differ in so many signs, by that number */
  function measure(query: Float32Array): Uint32Array {
    writeSigns(new Uint8Array(memory.buffer, 0, rowBytes), query);
    if (differences.length < count) differences = new Uint16Array(Math.ceil(count * 1.5));
    const rowsWith = new Uint32Array(dimensions + 1);
    const scores = new Int32Array(memory.buffer, scoresAt, BATCH_ROWS);
    for (let start = 0; start < count; start += BATCH_ROWS) {
      const rows = Math.min(BATCH_ROWS, count - start);
      memory.kernel.signs(0, rowsAt + start * rowBytes, rows, rowBytes, scoresAt);
      for (let row = 0; row < rows; row++) {
        const difference = scores[row] ?? 0;
        differences[start + row] = difference;
        rowsWith[difference] = (rowsWith[difference] ?? 0) + 1;
      }
    }
    return rowsWith;
  }

  return {
    add(vector) {
      memory.reserve(rowsAt + (count + 1) * rowBytes);
      writeSigns(new Uint8Array(memory.buffer, rowsAt + count * rowBytes, rowBytes), vector);
      count++;
    },
    likely(query, least) {
      const rowsWith = measure(query);
      let bound = 0;
      let found = rowsWith[0] ?? 0;
      while (found < least && bound < dimensions) found += rowsWith[++bound] ?? 0;
      const rows = new Uint32Array(found);
      let at = 0;
      for (let row = 0; row < count; row++) {
        if ((differences[row] ?? 0) <= bound) rows[at++] = row;
      }
      return rows;
    },
  };
}

/** One bit a component, set where it is negative. */
function writeSigns(target: Uint8Array, vector: Float32Array | Int8Array): void {
  target.fill(0);
  for (let at = 0; at < vector.length; at++) {
    if ((vector[at] ?? 0) < 0) target[at >> 3] = (target[at >> 3] ?? 0) | (1 << (at & 7));
  }
}
