import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { declaredEncoding } from './declaredEncoding.ts';

/** A text without its byte order mark, or why the bytes are none. */
export type Decoded = { readonly text: string } | { readonly reason: 'binary' | 'not-text' };

/** Where git looks for a NUL byte to tell binary files. */
const PROBE_BYTES = 8_000;

/**
 * Reads text of any usual encoding: by its byte order mark, as UTF-8 where it is or nearly is that,
 * as what `stated` or the text itself states (coding comments), else by the looks of its bytes, and
 * at last as windows-1252, of which Latin-1 is a part. Bytes that mean nothing become U+FFFD.
 *
 * @param stated name of the encoding that settings beside the file state
 */
export async function decodeText(bytes: Uint8Array, stated?: string): Promise<Decoded> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const told = await tellEncoding(buffer, stated);
  if ('reason' in told) return told;
  return {
    text: told.encoding === 'utf-8' ? fromUtf8(buffer) : iconv.decode(buffer, told.encoding),
  };
}

/** Most text is that; the other encodings need not be loaded for it. */
function fromUtf8(buffer: Buffer): string {
  const text = buffer.toString();
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Turns the pieces of a text into characters; a piece may end within one. */
export interface PieceDecoder {
  decode(bytes: Buffer): string;
  /** What is left after the last piece. */
  end(): string;
}

/**
 * Decodes what comes in pieces like `decodeText`, by the looks of one of them.
 *
 * @param bytes a piece with bytes beyond ASCII, or the first one where it has a byte order mark
 */
export async function openDecoder(
  bytes: Buffer,
): Promise<PieceDecoder | Extract<Decoded, { reason: string }>> {
  // A character that is cut says nothing of the encoding; lines are not cut.
  const line = bytes.subarray(0, bytes.lastIndexOf(10) + 1);
  const probe = line.some((byte) => byte > 0x7f) && !line.includes(0) ? line : bytes;
  const told = await tellEncoding(probe, undefined);
  if ('reason' in told) return told;
  const decoder = iconv.getDecoder(told.encoding);
  return {
    decode: (piece) => decoder.write(piece),
    end: () => decoder.end() ?? '',
  };
}

type EncodingOrReason = { readonly encoding: string } | Extract<Decoded, { reason: string }>;

async function tellEncoding(buffer: Buffer, stated: string | undefined): Promise<EncodingOrReason> {
  const marked = markedEncoding(buffer);
  if (marked !== undefined) return { encoding: marked };
  if (buffer.subarray(0, PROBE_BYTES).includes(0)) return tellWide(buffer, stated);
  return isUtf8(buffer) ? { encoding: 'utf-8' } : tellBytes(buffer, stated);
}

/** @see https://encoding.spec.whatwg.org/#bom-sniff, with UTF-32 */
function markedEncoding(buffer: Buffer): string | undefined {
  const mark = buffer.toString('hex', 0, 4);
  if (mark === 'fffe0000') return 'utf-32le';
  if (mark === '0000feff') return 'utf-32be';
  if (mark.startsWith('fffe')) return 'utf-16le';
  if (mark.startsWith('feff')) return 'utf-16be';
  return mark.startsWith('efbbbf') ? 'utf-8' : undefined;
}

const WIDE = /^utf-?(?:16|32)-?(?:le|be)?$/i;

/** Text in which ASCII has NUL bytes. */
async function tellWide(buffer: Buffer, stated: string | undefined): Promise<EncodingOrReason> {
  const { detectWideEncoding } = await import('./detectEncoding.ts');
  const encoding = stated !== undefined && WIDE.test(stated) ? stated : detectWideEncoding(buffer);
  if (encoding === undefined || buffer.length % (encoding.includes('32') ? 4 : 2) !== 0) {
    return { reason: 'binary' };
  }
  const text = iconv.decode(buffer, encoding);
  return text.includes('\ufffd') || hasControls(text) ? { reason: 'binary' } : { encoding };
}

/** Text of one or more bytes a character that is not all UTF-8. */
async function tellBytes(buffer: Buffer, stated: string | undefined): Promise<EncodingOrReason> {
  // A tool that cut a character or put one byte of another encoding in spoils no more than that.
  if (isMostlyRight(buffer.toString())) return { encoding: 'utf-8' };
  for (const name of [stated, declaredEncoding(buffer)]) {
    if (name === undefined || !isUsable(name)) continue;
    const encoding = LATIN_1.test(name) ? 'windows-1252' : name;
    if (isMostlyRight(iconv.decode(buffer, encoding))) return { encoding };
  }
  const { detectEncoding } = await import('./detectEncoding.ts');
  const detected = detectEncoding(buffer);
  if (detected !== undefined) return { encoding: detected };
  const encoding = 'windows-1252';
  return hasControls(iconv.decode(buffer, encoding)) ? { reason: 'not-text' } : { encoding };
}

/** What says so is written in windows-1252 as a rule, which differs in quotes and dashes only. */
const LATIN_1 = /^(?:iso[-_]?8859[-_]1|latin[-_]?1|l1)$/i;

function isUsable(encoding: string): boolean {
  return (
    !WIDE.test(encoding) && !/^utf-?8|ascii$/i.test(encoding) && iconv.encodingExists(encoding)
  );
}

/** Characters that are right tell an encoding when they outnumber the wrong ones by so much. */
const RIGHT_TO_WRONG = 2;

function isMostlyRight(text: string): boolean {
  let right = 0;
  let wrong = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) wrong += 1;
    else if (code > 0x7f) right += 1;
  }
  return right >= RIGHT_TO_WRONG * wrong;
}

/** Text has control characters only by accident: one in 200 at most. */
function hasControls(text: string): boolean {
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isSpace = code === 9 || code === 10 || code === 12 || code === 13;
    if (code < 32 && !isSpace) controls += 1;
  }
  return controls * 200 > text.length;
}
