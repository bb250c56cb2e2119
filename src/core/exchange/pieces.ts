import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportSource } from '../model/api/jobs.ts';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { openDecoder, type PieceDecoder } from '../platform/text/decode.ts';

/** Characters or bytes that are handed over at once: some hundred patterns. */
export const PIECE_LENGTH = 512 * 1024;

/** Text with how far it is from the beginning; in bytes of a file, in characters of a text. */
export interface Piece {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

/**
 * Reads text in order without holding all of it.
 *
 * @throws AppError `bad-argument` for a file that is not there or not to be read
 */
export function readPieces(source: ImportSource): AsyncIterable<Piece> | Iterable<Piece> {
  return 'text' in source ? piecesOfText(source.text) : piecesOfFile(source.file);
}

function* piecesOfText(text: string): Iterable<Piece> {
  for (let start = 0; start < text.length; start += PIECE_LENGTH) {
    const end = Math.min(start + PIECE_LENGTH, text.length);
    yield { text: text.slice(start, end), done: end, total: text.length };
  }
}

async function* piecesOfFile(file: string): AsyncIterable<Piece> {
  try {
    const { size } = await stat(file);
    const stream = createReadStream(file, { highWaterMark: PIECE_LENGTH });
    let decoder: PieceDecoder | undefined;
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      decoder ??= isPlain(bytes) ? undefined : await decoderFor(bytes, file);
      const text = decoder?.decode(bytes) ?? bytes.toString('latin1');
      // A file may grow meanwhile, and a pipe has no size.
      yield { text, done: stream.bytesRead, total: Math.max(size, stream.bytesRead) };
    }
    const text = decoder?.end() ?? '';
    if (text !== '') yield { text, done: stream.bytesRead, total: stream.bytesRead };
  } catch (error) {
    throw toReadFailure(error, file);
  }
}

function toReadFailure(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof AppError) return error;
  const message =
    error.code === 'ENOENT'
      ? localized`${file} cannot be read: there is no such file`
      : localized`${file} cannot be read: ${String(error.code)}`;
  return new AppError('bad-argument', message, { cause: error });
}

/** ASCII, which is the same in every encoding but the wide ones. */
function isPlain(bytes: Buffer): boolean {
  return bytes.every((byte) => byte > 0 && byte < 0x80);
}

async function decoderFor(bytes: Buffer, file: string): Promise<PieceDecoder> {
  const decoder = await openDecoder(bytes);
  if (!('reason' in decoder)) return decoder;
  throw new AppError('bad-argument', localized`${file} cannot be read: it is not text`);
}
