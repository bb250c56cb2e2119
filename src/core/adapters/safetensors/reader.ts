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
   * Reads elements of a tensor, row by row, from the element `first` on until `into` is full.
   *
   * @throws AppError `adapter-damaged` where one is infinite or not a number, or the file ends
   */
  read(name: string, first: number, into: Float32Array): void;
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
  let bytes = new Uint8Array(0);

  function readBytes(offset: number, length: number): Uint8Array {
    if (bytes.byteLength < length) bytes = new Uint8Array(length);
    return bytes.subarray(0, readAll(descriptor, bytes.subarray(0, length), offset));
  }

  try {
    const { size } = fstatSync(descriptor);
    const length = headerLength(readBytes(0, LENGTH_BYTES), size);
    const tensors = parseHeader(readBytes(LENGTH_BYTES, length), size);
    return {
      path,
      tensors,
      read: (name, first, into) => {
        const place = tensors.get(name);
        if (!place) throw new Error(`there is no tensor ${name}`);
        const elementBytes = ELEMENT_BYTES[place.type];
        const wanted = into.length * elementBytes;
        const read = readBytes(place.start + first * elementBytes, wanted);
        if (read.byteLength < wanted) {
          throw new AppError('adapter-damaged', localized`${path} ended while it was read`);
        }
        if (decode(place.type, read, into) !== -1) {
          const text = localized`${name} in ${path} holds values that are infinite or not a number`;
          throw new AppError('adapter-damaged', text);
        }
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
