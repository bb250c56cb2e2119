import { createSignScan } from './signScan.ts';
import { createKernelMemory } from './kernel.ts';

/** Rows of int8 in WebAssembly memory, and how near each is to a query. */
export interface VectorScan {
  readonly count: number;
  /** Takes a row in; its number is the count before. */
  add(row: Int8Array, scale: number): void;
  /** A row that is not to be found any more: its cosine is 0. */
  clear(row: number): void;
  /** Cosine of each row with a query of length 1, within about 0.01; until the next scan. */
  scan(query: Float32Array): Float32Array;
  /** The same for some rows, in their order. */
  scanRows(query: Float32Array, rows: Uint32Array): Float32Array;
  /** At least so many rows that are likely the nearest, told by their signs; in order. */
  likely(query: Float32Array, least: number): Uint32Array;
}

/** The query lies first, then the scores of a batch, then the rows. */
const BATCH_ROWS = 16_384;
/** Products of 384 numbers below 2^7 with numbers below 2^15 stay below 2^31. */
const QUERY_LIMIT = 32_767;
const ROW_LIMIT = 127;

export function createVectorScan(assetsDir: string, dimensions: number): VectorScan {
  const scoresAt = dimensions * 2;
  const rowsAt = scoresAt + BATCH_ROWS * 4;
  const memory = createKernelMemory(assetsDir);
  const signs = createSignScan(assetsDir, dimensions);
  let scales = new Float32Array(1024);
  let cosines = new Float32Array(0);
  let count = 0;

  function makeRoom(): void {
    memory.reserve(rowsAt + (count + 1) * dimensions);
    if (count < scales.length) return;
    const larger = new Float32Array(Math.ceil(scales.length * 1.5));
    larger.set(scales);
    scales = larger;
  }

  function takeQuery(query: Float32Array): number {
    return writeQuery(new Int16Array(memory.buffer, 0, dimensions), query);
  }

  return {
    get count() {
      return count;
    },
    add(row, scale) {
      makeRoom();
      new Int8Array(memory.buffer).set(row, rowsAt + count * dimensions);
      signs.add(row);
      scales[count] = scale;
      count++;
    },
    clear(row) {
      scales[row] = 0;
    },
    scan(query) {
      if (cosines.length < count) cosines = new Float32Array(scales.length);
      const queryScale = takeQuery(query);
      const scores = new Int32Array(memory.buffer, scoresAt, BATCH_ROWS);
      for (let start = 0; start < count; start += BATCH_ROWS) {
        const rows = Math.min(BATCH_ROWS, count - start);
        memory.kernel.i8(0, rowsAt + start * dimensions, rows, dimensions, scoresAt);
        for (let row = 0; row < rows; row++) {
          cosines[start + row] = (scores[row] ?? 0) * (scales[start + row] ?? 0) * queryScale;
        }
      }
      return cosines.subarray(0, count);
    },
    scanRows(query, rows) {
      const queryScale = takeQuery(query);
      const score = new Int32Array(memory.buffer, scoresAt, 1);
      const found = new Float32Array(rows.length);
      rows.forEach((row, index) => {
        memory.kernel.i8(0, rowsAt + row * dimensions, 1, dimensions, scoresAt);
        found[index] = (score[0] ?? 0) * (scales[row] ?? 0) * queryScale;
      });
      return found;
    },
    likely: (query, least) => signs.likely(query, least),
  };
}

/** An int8 copy of a vector; a component is about `row[i] * scale`. */
export function quantise(vector: Float32Array): {
  readonly row: Int8Array;
  readonly scale: number;
} {
  const scale = largest(vector) / ROW_LIMIT;
  const row = new Int8Array(vector.length);
  if (scale > 0) vector.forEach((value, index) => (row[index] = Math.round(value / scale)));
  return { row, scale };
}

/** @returns what a component of `target` is worth */
function writeQuery(target: Int16Array, query: Float32Array): number {
  const scale = largest(query) / QUERY_LIMIT;
  if (scale === 0) target.fill(0);
  else query.forEach((value, index) => (target[index] = Math.round(value / scale)));
  return scale;
}

function largest(vector: Float32Array): number {
  return vector.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
}
