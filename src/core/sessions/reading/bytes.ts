import fs from 'node:fs';
import { Gunzip } from 'fflate';
import { Decompress } from 'fzstd';
import { errorCode } from '../../platform/fileSystem.ts';

const PIECE = 1024 * 1024;

/**
 * The bytes of a file in pieces, unpacked where its name ends in `.zst` or `.gz`. A piece is valid
 * until the next one is asked for. A file that is not there or ends too early gives what there is.
 *
 * @param from byte of a file that is not packed
 */
export function* openBytes(path: string, pieceBytes = PIECE, from = 0): Generator<Buffer> {
  const unpacked: Buffer[] = [];
  const unpacker = unpackerOf(path, (chunk) => unpacked.push(Buffer.from(chunk)));
  if (unpacker === undefined) {
    yield* readPieces(path, pieceBytes, from);
    return;
  }
  for (const piece of readPieces(path, PIECE, 0)) {
    try {
      unpacker(piece);
    } catch {
      break;
    }
    yield* unpacked.splice(0);
  }
  yield* unpacked;
}

/** Whether what stands at a byte of the file is what one reads there. */
export function isPacked(path: string): boolean {
  return path.endsWith('.zst') || path.endsWith('.gz');
}

/** Takes packed bytes one after another; throws where they are damaged. */
function unpackerOf(
  path: string,
  take: (chunk: Uint8Array) => void,
): ((piece: Uint8Array) => void) | undefined {
  if (path.endsWith('.zst')) {
    const stream = new Decompress(take);
    return (piece) => {
      stream.push(piece);
    };
  }
  if (!path.endsWith('.gz')) return undefined;
  const stream = new Gunzip(take);
  return (piece) => {
    stream.push(piece);
  };
}

function* readPieces(path: string, pieceBytes: number, from: number): Generator<Buffer> {
  let file: number | undefined;
  try {
    file = fs.openSync(path, 'r');
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let at = from; ;) {
      const read = fs.readSync(file, buffer, 0, pieceBytes, at);
      if (read === 0) break;
      at += read;
      yield buffer.subarray(0, read);
    }
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
