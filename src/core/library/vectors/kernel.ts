import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Offsets of query and rows, number of rows, size of a row, offset of the scores, all in bytes. */
type Scan = (...places: readonly [number, number, number, number, number]) => void;

export interface VectorKernel {
  /** Products of an int16 query with int8 rows; the size of a row is its dimensions. */
  readonly i8: Scan;
  /** Bits in which each row differs from the query. */
  readonly signs: Scan;
}

const PAGE_BYTES = 65_536;
const MAX_PAGES = 32_768;

/** Memory of a kernel that grows with its rows. */
export interface KernelMemory {
  readonly kernel: VectorKernel;
  readonly buffer: ArrayBuffer;
  /** Grows until that many bytes fit; `buffer` is another one then. */
  reserve(sizeBytes: number): void;
}

/** Source of the kernel: `vectorScan.wat`, compiled by `scripts/wasm/main.ts`. */
export function createKernelMemory(assetsDir: string): KernelMemory {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: MAX_PAGES });
  const kernel = load(join(assetsDir, 'vectorScan.wasm'), memory);
  return {
    kernel,
    get buffer() {
      return memory.buffer;
    },
    reserve(sizeBytes) {
      const missing = sizeBytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES) + 15);
    },
  };
}

function load(file: string, memory: WebAssembly.Memory): VectorKernel {
  const module = new WebAssembly.Module(readFileSync(file));
  const { i8, signs } = new WebAssembly.Instance(module, { e: { mem: memory } }).exports;
  if (typeof i8 !== 'function' || typeof signs !== 'function') {
    throw new Error(`${file} is not the kernel`);
  }
  return { i8: i8 as Scan, signs: signs as Scan };
}
