import fs from 'node:fs';
import { openBytes } from './bytes.ts';

/** A line that is longer is no row of a log; it is counted, and not held. */
const LONGEST_LINE = 64 * 1024 * 1024;

export type Line = { readonly text: string } | { readonly fault: LineFault };
export type LineFault = 'too long' | 'not UTF-8' | 'cut off';

const REPLACED = '\uFFFD';

/**
 * Lines of a log, a piece of the file at a time; empty ones are left out. UTF-8, or UTF-16 with its
 * mark; packed files are unpacked.
 */
export function* readLines(path: string): Generator<Line> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let isTooLong = false;
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  for (const piece of openBytes(path)) {
    if (isFirst) {
      isFirst = false;
      decoder = wideDecoder(piece);
    }
    // Two bytes a letter: made UTF-8, so that a line feed is one byte.
    const bytes =
      decoder === undefined ? piece : Buffer.from(decoder.decode(piece, { stream: true }));
    let from = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
      const last = bytes.subarray(from, end);
      from = end + 1;
      if (isTooLong) yield { fault: 'too long' };
      else yield* toLine(heldBytes === 0 ? last : Buffer.concat([...held, last]));
      held = [];
      heldBytes = 0;
      isTooLong = false;
    }
    const rest = bytes.subarray(from);
    heldBytes += rest.length;
    if (heldBytes > LONGEST_LINE) {
      isTooLong = true;
      held = [];
    } else if (rest.length > 0) held.push(Buffer.from(rest));
  }
  if (isTooLong) yield { fault: 'too long' };
  else if (heldBytes > 0) yield* toLine(Buffer.concat(held));
}

function* toLine(bytes: Buffer): Generator<Line> {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return;
  // A letter that could not be read may stand in a number or a name that decides what is counted.
  if (text.includes(REPLACED) && !bytes.includes(REPLACED)) yield { fault: 'not UTF-8' };
  else yield { text };
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
