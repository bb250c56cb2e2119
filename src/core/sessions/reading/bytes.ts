import fs from 'node:fs';
import { Decompress } from 'fzstd';
import { errorCode } from '../../platform/fileSystem.ts';

const PIECE = 1024 * 1024;

/**
 * The bytes of a file in pieces, unpacked where its name ends in `.zst`. A piece is valid until the
 * next one is asked for. A file that is not there or ends too early gives what there is.
 */
export function* openBytes(path: string, pieceBytes = PIECE): Generator<Buffer> {
  if (!path.endsWith('.zst')) {
    yield* readPieces(path, pieceBytes);
    return;
  }
  const unpacked: Buffer[] = [];
  const stream = new Decompress((chunk) => unpacked.push(Buffer.from(chunk)));
  for (const piece of readPieces(path, PIECE)) {
    try {
      stream.push(piece);
    } catch {
      break;
    }
    yield* unpacked.splice(0);
  }
  yield* unpacked;
}

function* readPieces(path: string, pieceBytes: number): Generator<Buffer> {
  let file: number | undefined;
  try {
    file = fs.openSync(path, 'r');
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let read = fs.readSync(file, buffer); read > 0; read = fs.readSync(file, buffer)) {
      yield buffer.subarray(0, read);
    }
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}
