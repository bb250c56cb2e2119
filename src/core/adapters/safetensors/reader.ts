import { closeSync, fstatSync, openSync } from 'node:fs';
import { AppError } from '../../model/errors.ts';
import { joined, localized, verbatim } from '../../model/localizedText.ts';
import { readAll } from '../../platform/disk.ts';
import { ELEMENT_BYTES, decode } from './elements.ts';
import { LENGTH_BYTES, headerLength, parseHeader } from './header.ts';
import type { TensorPlaces } from './header.ts';

/** A safetensors file that is open for reading. */
export interface TensorFile {
  readonly path: string;
  readonly tensors: TensorPlaces;
  /**
   * Reads `count` elements of a tensor, row by row, from the element `first` on. They lie in memory that
   * is the file's own: the next piece takes their place.
   *
   * @throws AppError `adapter-damaged` where one is infinite or not a number, or the file ends
   */
  piece(name: string, first: number, count: number): Float32Array;
  close(): void;
}

/**
 * Opens a file and checks all of its header.
 *
 * @throws AppError `adapter-not-found`, `adapter-damaged`, `adapter-unsupported`
 */
export function openTensorFile(path: string): TensorFile {
  const descriptor = openFile(path);
  const close = (): void => {
    closeSync(descriptor);
  };
  let numbers = new Float32Array(0);
  let halves = new Uint8Array(0);

  /** Room for elements as they lie in the file; of four bytes each they need not be moved. */
  function roomFor(bytes: number, into: Float32Array): Uint8Array {
    if (bytes === into.byteLength) return new Uint8Array(into.buffer, into.byteOffset, bytes);
    if (halves.byteLength < bytes) halves = new Uint8Array(bytes);
    return halves.subarray(0, bytes);
  }

  function readBytes(offset: number, room: Uint8Array): Uint8Array {
    return room.subarray(0, readAll(descriptor, room, offset));
  }

  try {
    const { size } = fstatSync(descriptor);
    const length = headerLength(readBytes(0, new Uint8Array(LENGTH_BYTES)), size);
    const tensors = parseHeader(readBytes(LENGTH_BYTES, new Uint8Array(length)), size);
    return {
      path,
      tensors,
      piece: (name, first, count) => {
        const place = tensors.get(name);
        if (!place) throw new Error(`there is no tensor ${name}`);
        if (numbers.length < count) numbers = new Float32Array(count);
        const into = numbers.subarray(0, count);
        const elementBytes = ELEMENT_BYTES[place.type];
        const room = roomFor(count * elementBytes, into);
        const read = readBytes(place.start + first * elementBytes, room);
        if (read.byteLength < room.byteLength) {
          throw new AppError('adapter-damaged', localized`${path} ended while it was read`);
        }
        if (decode(place.type, read, into) !== -1) {
          const text = localized`${name} in ${path} holds values that are infinite or not a number`;
          throw new AppError('adapter-damaged', text);
        }
        return into;
      },
      close,
    };
  } catch (error) {
    close();
    throw error instanceof AppError
      ? new AppError(error.code, joined([verbatim(path), error.localizedMessage], ': '), {
          cause: error,
        })
      : error;
  }
}

function openFile(path: string): number {
  try {
    const descriptor = openSync(path, 'r');
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    throw new AppError('adapter-not-found', localized`${path} cannot be read`, { cause: error });
  }
  throw new AppError('adapter-not-found', localized`${path} is not a file`);
}
