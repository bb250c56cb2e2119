import fs from 'node:fs';
import { isPacked, openBytes } from './bytes.ts';

/** A line that is longer is no row of a log; it is counted, and not held. */
const LONGEST_LINE = 64 * 1024 * 1024;

export type Line = ({ readonly text: string } | { readonly fault: LineFault }) & {
  /** The byte after its end; `undefined` where it has no end yet, or bytes are not those of the file. */
  readonly end: number | undefined;
};
export type LineFault = 'too long' | 'not UTF-8' | 'cut off';

const REPLACED = '\uFFFD';

/** Bytes of a log in UTF-8. */
interface Piece {
  readonly bytes: Buffer;
  /** The byte of the file after it; `undefined` where the file holds other bytes. */
  readonly end: number | undefined;
}

function* readPieces(path: string, from: number): Generator<Piece> {
  let decoder: TextDecoder | undefined;
  let end = from;
  for (const bytes of openBytes(path, undefined, from)) {
    if (end === 0) decoder = wideDecoder(bytes);
    end += bytes.length;
    // Two bytes a letter: made UTF-8, so that a line feed is one byte.
    if (decoder === undefined) yield { bytes, end: isPacked(path) ? undefined : end };
    else yield { bytes: Buffer.from(decoder.decode(bytes, { stream: true })), end: undefined };
  }
}

/**
 * Lines of a log, a piece of the file at a time; empty ones are left out. UTF-8, or UTF-16 with its
 * mark; packed files are unpacked.
 *
 * @param from byte at which a line begins, as `Line.end` told it
 */
export function* readLines(path: string, from = 0): Generator<Line> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  for (const { bytes, end: pieceEnd } of readPieces(path, from)) {
    let begin = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, begin)) {
      const last = bytes.subarray(begin, at);
      begin = at + 1;
      const end = pieceEnd === undefined ? undefined : pieceEnd - bytes.length + begin;
      if (isTooLong) yield { fault: 'too long', end };
      else yield* toLine(heldBytes === 0 ? last : Buffer.concat([...held, last]), end);
      held = [];
      heldBytes = 0;
      isTooLong = false;
    }
    const rest = bytes.subarray(begin);
    heldBytes += rest.length;
    if (heldBytes > LONGEST_LINE) {
      isTooLong = true;
      held = [];
    } else if (rest.length > 0) held.push(Buffer.from(rest));
  }
  if (isTooLong) yield { fault: 'too long', end: undefined };
  else if (heldBytes > 0) yield* toLine(Buffer.concat(held), undefined);
}

function* toLine(bytes: Buffer, end: Line['end']): Generator<Line> {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return;
  // A letter that could not be read may stand in a number or a name that decides what is counted.
  if (text.includes(REPLACED) && !bytes.includes(REPLACED)) yield { fault: 'not UTF-8', end };
  else yield { text, end };
}

function wideDecoder(piece: Buffer): TextDecoder | undefined {
  if (piece[0] === 0xff && piece[1] === 0xfe) return new TextDecoder('utf-16le');
  if (piece[0] === 0xfe && piece[1] === 0xff) return new TextDecoder('utf-16be');
  return undefined;
}

/** The first bytes of a file as text, unpacked; empty where it cannot be read. */
export function readHead(path: string, bytes: number): string {
  for (const piece of openBytes(path, bytes)) {
    const decoder = wideDecoder(piece) ?? new TextDecoder();
    return decoder.decode(piece.subarray(0, bytes));
  }
  return '';
}

/** Files are read up to this size at once; what is larger is no single document of a session. */
const LARGEST_DOCUMENT = 512 * 1024 * 1024;

/** All of a text file; `undefined` where it is not there, or too large. */
export function readDocument(path: string): string | undefined {
  try {
    if (fs.statSync(path).size > LARGEST_DOCUMENT) return undefined;
  } catch {
    return undefined;
  }
  const pieces: Buffer[] = [];
  for (const piece of openBytes(path)) pieces.push(Buffer.from(piece));
  const first = pieces[0];
  if (first === undefined) return '';
  const decoder = wideDecoder(first) ?? new TextDecoder();
  return decoder.decode(Buffer.concat(pieces)).replace(/^\uFEFF/, '');
}
