/**
 * The header of a safetensors file: 8 bytes with its length, little-endian, then JSON that names
 * each tensor's element type, shape and place in the data that follows.
 *
 * Source: https://github.com/huggingface/safetensors#format
 */
import type { ElementType } from '../../model/api/adapters.ts';
import { AppError } from '../../model/errors.ts';
import type { ErrorCode } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import { findDuplicateKey } from './duplicateKeys.ts';
import { ELEMENT_BYTES, isElementType } from './elements.ts';

export const LENGTH_BYTES = 8;
const MAX_HEADER_BYTES = 100_000_000;
const METADATA = '__metadata__';

/** Where one tensor lies in a file. */
export interface TensorPlace {
  readonly type: ElementType;
  /** Rows first; empty for a single number. */
  readonly shape: readonly number[];
  /** Offset in the file, in bytes. */
  readonly start: number;
  readonly sizeBytes: number;
}

/** Tensors by name; a name is data and may be anything, `__proto__` included. */
export type TensorPlaces = ReadonlyMap<string, TensorPlace>;

/**
 * How long the header is, after its length of 8 bytes.
 *
 * @param start the first 8 bytes of the file, or fewer when it has no more
 * @throws AppError `adapter-damaged`
 */
export function headerLength(start: Uint8Array, fileBytes: number): number {
  if (start.byteLength < LENGTH_BYTES) throw damaged(localized`it ends before its header`);
  const length = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) throw damaged(localized`its header is too long`);
  if (LENGTH_BYTES + Number(length) > fileBytes) throw damaged(localized`it ends in its header`);
  return Number(length);
}

/**
 * Reads a header and checks that its tensors fill the rest of the file, one after the other.
 *
 * @throws AppError `adapter-damaged`; `adapter-unsupported` for element types that are not read
 */
export function parseHeader(bytes: Uint8Array, fileBytes: number): TensorPlaces {
  const entries = Object.entries(parseObject(bytes));
  const dataStart = LENGTH_BYTES + bytes.byteLength;
  const places = new Map<string, TensorPlace>();
  for (const [name, value] of entries) {
    if (name === METADATA) checkMetadata(value);
    else places.set(name, toPlace(name, value, dataStart));
  }
  let next = dataStart;
  for (const [name, { start, sizeBytes }] of [...places].sort(byStart)) {
    if (start !== next) throw damaged(localized`${name} does not follow the tensor before it`);
    next += sizeBytes;
  }
  if (next !== fileBytes) throw damaged(localized`its tensors do not end where it ends`);
  return places;
}

/** A header for tensors in the order they are written in. */
export function toHeader(
  tensors: readonly {
    readonly name: string;
    readonly type: ElementType;
    readonly shape: readonly number[];
  }[],
): Uint8Array {
  let offset = 0;
  const entries = tensors.map(({ name, type, shape }) => {
    const begin = offset;
    offset += sizeOf(type, shape);
    const place = JSON.stringify({ dtype: type, shape, data_offsets: [begin, offset] });
    return `${JSON.stringify(name)}:${place}`;
  });
  const json = Buffer.from(`{${[`"${METADATA}":{"format":"pt"}`, ...entries].join(',')}}`);
  // Data begins at a multiple of 8.
  const length = Math.ceil(json.length / LENGTH_BYTES) * LENGTH_BYTES;
  const header = Buffer.alloc(LENGTH_BYTES + length, ' ');
  header.writeBigUInt64LE(BigInt(length));
  json.copy(header, LENGTH_BYTES);
  return header;
}

export function sizeOf(type: ElementType, shape: readonly number[]): number {
  return elementsOf(shape) * ELEMENT_BYTES[type];
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

function parseObject(bytes: Uint8Array): object {
  if (bytes[0] !== 0x7b) throw damaged(localized`its header is not a JSON object`);
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw damaged(localized`its header is not UTF-8`);
  }
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged(localized`its header is not JSON`);
  }
  const duplicate = findDuplicateKey(json);
  if (duplicate !== undefined) throw damaged(localized`its header names ${duplicate} twice`);
  return value as object;
}

function checkMetadata(value: unknown): void {
  if (!isObject(value) || Object.values(value).some((text) => typeof text !== 'string')) {
    throw damaged(localized`some of its metadata is not text`);
  }
}

function toPlace(name: string, value: unknown, dataStart: number): TensorPlace {
  if (!isObject(value)) throw damaged(localized`${name} has no place in it`);
  const { dtype: type, shape, data_offsets: offsets } = value as Record<string, unknown>;
  if (typeof type !== 'string') throw damaged(localized`${name} has no element type`);
  if (!isElementType(type)) {
    throw unreadable('adapter-unsupported', localized`${name} has elements of type ${type}`);
  }
  if (!isCounts(shape)) throw damaged(localized`${name} has no valid shape`);
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw damaged(localized`${name} has no place in it`);
  }
  const [begin = 0, end = 0] = offsets;
  const sizeBytes = sizeOf(type, shape);
  if (!Number.isSafeInteger(sizeBytes)) throw damaged(localized`${name} has no valid shape`);
  if (end - begin !== sizeBytes) throw damaged(localized`${name} has another size than its shape`);
  return { type, shape, start: dataStart + begin, sizeBytes };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0);
}

function byStart(
  [, a]: readonly [string, TensorPlace],
  [, b]: readonly [string, TensorPlace],
): number {
  // Of an empty tensor and what begins at the same place, the empty one comes first.
  return a.start - b.start || a.sizeBytes - b.sizeBytes;
}

function damaged(reason: LocalizedText): AppError {
  return unreadable('adapter-damaged', reason);
}

function unreadable(code: ErrorCode, reason: LocalizedText): AppError {
  return new AppError(code, localized`this adapter cannot be read: ${reason}`);
}
