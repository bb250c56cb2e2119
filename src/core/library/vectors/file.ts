import fs from 'node:fs';

import { checksum } from '../../model/checksum.ts';
import { readAll } from '../../platform/disk.ts';

/** One vector of a block. */
export interface VectorEntry {
  readonly textHash: string;
  readonly vector: Float32Array;
  readonly row: Int8Array;
  readonly scale: number;
}

/** Part of a block that is held in memory, and where the rest lies. */
export interface VectorBlock {
  readonly textHashes: readonly string[];
  readonly scales: Float32Array;
  /** One row after another. */
  readonly rows: Int8Array;
  /** Where the file holds the vectors in float32. */
  readonly vectorsAt: number;
  readonly vectorsChecksum: number;
}

export interface BlocksRead {
  readonly blocks: readonly VectorBlock[];
  /** Blocks whose bytes do not match their checksum; they are left out. */
  readonly damaged: number;
  /** Where reading goes on when the file grows. */
  readonly end: number;
}

export const DIMENSIONS = 384;

/**
 * A file is a header of 256 bytes, then blocks: header of 32 bytes, keys of 32 bytes, scales,
 * int8 rows, float32 vectors. What a search scans lies together, so that opening skips the floats.
 */
const MAGIC = 0x50465631;
const BLOCK_MAGIC = 0x50465642;
const FORMAT_VERSION = 2;
const FILE_HEADER_BYTES = 256;
const BLOCK_HEADER_BYTES = 32;
const KEY_BYTES = 32;
const FLOAT_BYTES = 4;
const VECTOR_BYTES = DIMENSIONS * FLOAT_BYTES;
const SCANNED_BYTES = KEY_BYTES + FLOAT_BYTES + DIMENSIONS;
const MODEL_AT = 16;

/** The first bytes of a file of vectors of this model. */
export function fileHeader(model: string): Uint8Array {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  const length = header.write(model, MODEL_AT);
  [MAGIC, FORMAT_VERSION, DIMENSIONS, length].forEach((word, index) => {
    header.writeUInt32LE(word, index * 4);
  });
  return header;
}

/** Where the first block begins; `undefined` for a file of another model, format or purpose. */
export function firstBlockAt(file: number, model: string): number | undefined {
  const header = readExactly(file, 0, FILE_HEADER_BYTES);
  return header !== undefined && Buffer.compare(header, fileHeader(model)) === 0
    ? FILE_HEADER_BYTES
    : undefined;
}

/** @throws Error for a key longer than 32 bytes or a vector of another size */
export function encodeBlock(entries: readonly VectorEntry[]): Uint8Array {
  const count = entries.length;
  const block = Buffer.alloc(BLOCK_HEADER_BYTES + count * (SCANNED_BYTES + VECTOR_BYTES));
  const scalesAt = BLOCK_HEADER_BYTES + count * KEY_BYTES;
  const rowsAt = scalesAt + count * FLOAT_BYTES;
  const vectorsAt = rowsAt + count * DIMENSIONS;
  entries.forEach(({ textHash, vector, row, scale }, index) => {
    if (Buffer.byteLength(textHash) > KEY_BYTES || vector.length !== DIMENSIONS) {
      throw new Error(`not a vector of ${DIMENSIONS} numbers with a short key: ${textHash}`);
    }
    block.write(textHash, BLOCK_HEADER_BYTES + index * KEY_BYTES);
    block.writeFloatLE(scale, scalesAt + index * FLOAT_BYTES);
    block.set(asBytes(row), rowsAt + index * DIMENSIONS);
    block.set(asBytes(vector), vectorsAt + index * VECTOR_BYTES);
  });
  const words = [
    BLOCK_MAGIC,
    count,
    checksum(block.subarray(BLOCK_HEADER_BYTES, vectorsAt)),
    checksum(block.subarray(vectorsAt)),
  ];
  words.forEach((word, index) => block.writeUInt32LE(word, index * 4));
  block.writeUInt32LE(checksum(block.subarray(0, 16)), 16);
  return block;
}

/**
 * Reads the blocks from `start` on. A block that is not there to its end is left for the next
 * time; behind a header that is damaged nothing can be found any more.
 */
export function readBlocks(file: number, start: number): BlocksRead {
  const size = fs.fstatSync(file).size;
  const blocks: VectorBlock[] = [];
  let damaged = 0;
  let at = start;
  while (at + BLOCK_HEADER_BYTES <= size) {
    const header = readExactly(file, at, BLOCK_HEADER_BYTES);
    if (header === undefined) break;
    const count = readHeader(header);
    if (count === undefined) {
      damaged++;
      at = size;
      break;
    }
    const vectorsAt = at + BLOCK_HEADER_BYTES + count * SCANNED_BYTES;
    const end = vectorsAt + count * VECTOR_BYTES;
    if (end > size) break;
    const scanned = readExactly(file, at + BLOCK_HEADER_BYTES, count * SCANNED_BYTES);
    if (scanned === undefined) break;
    if (checksum(scanned) !== header.readUInt32LE(8)) damaged++;
    else blocks.push(toBlock(scanned, count, [vectorsAt, header.readUInt32LE(12)]));
    at = end;
  }
  return { blocks, damaged, end: at };
}

/** `undefined` where the file does not hold it whole. */
export function readVector(file: number, at: number): Float32Array | undefined {
  const bytes = readExactly(file, at, VECTOR_BYTES);
  return bytes && new Float32Array(Uint8Array.from(bytes).buffer);
}

/** Whether the float32 part of a block is as it was written. */
export function isIntact(file: number, block: VectorBlock): boolean {
  const bytes = readExactly(file, block.vectorsAt, block.textHashes.length * VECTOR_BYTES);
  return bytes !== undefined && checksum(bytes) === block.vectorsChecksum;
}

export function vectorPlace(block: VectorBlock, index: number): number {
  return block.vectorsAt + index * VECTOR_BYTES;
}

/** Number of vectors; `undefined` for a damaged header. */
function readHeader(header: Buffer): number | undefined {
  const isSound =
    header.readUInt32LE(0) === BLOCK_MAGIC &&
    header.readUInt32LE(16) === checksum(header.subarray(0, 16));
  return isSound ? header.readUInt32LE(4) : undefined;
}

function toBlock(
  scanned: Buffer,
  count: number,
  [vectorsAt, vectorsChecksum]: readonly [number, number],
): VectorBlock {
  const bytes = Uint8Array.from(scanned);
  const scalesAt = count * KEY_BYTES;
  const rowsAt = scalesAt + count * FLOAT_BYTES;
  const textHashes = Array.from({ length: count }, (_entry, index) =>
    scanned.toString('latin1', index * KEY_BYTES, (index + 1) * KEY_BYTES).replace(/\0+$/, ''),
  );
  return {
    textHashes,
    scales: new Float32Array(bytes.buffer, scalesAt, count),
    rows: new Int8Array(bytes.buffer, rowsAt, count * DIMENSIONS),
    vectorsAt,
    vectorsChecksum,
  };
}

function readExactly(file: number, at: number, length: number): Buffer | undefined {
  const buffer = Buffer.allocUnsafeSlow(length);
  return readAll(file, buffer, at) === length ? buffer : undefined;
}

function asBytes(array: Int8Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
