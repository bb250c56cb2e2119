import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ImportSource } from '../model/api/jobs.ts';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';

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
    let decoder: TextDecoder | undefined;
    for await (const bytes of stream as AsyncIterable<Buffer>) {
      decoder ??= new TextDecoder(encodingOf(bytes));
      const text = decoder.decode(bytes, { stream: true });
      // A file may grow meanwhile, and a pipe has no size.
      yield { text, done: stream.bytesRead, total: Math.max(size, stream.bytesRead) };
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const message =
      error.code === 'ENOENT'
        ? localized`${file} cannot be read: there is no such file`
        : localized`${file} cannot be read: ${String(error.code)}`;
    throw new AppError('bad-argument', message, { cause: error });
  }
}

/** By its byte order mark: shells of Windows write UTF-16 where others write UTF-8. */
function encodingOf(beginning: Buffer): string {
  const mark = beginning.toString('latin1', 0, 2);
  if (mark === '\xff\xfe') return 'utf-16le';
  return mark === '\xfe\xff' ? 'utf-16be' : 'utf-8';
}
