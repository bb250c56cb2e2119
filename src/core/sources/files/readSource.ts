import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type SkipReason, skipByText } from './skip.ts';

/** The text of a file with the hash of its bytes, or why it is passed over. */
export type SourceText =
  | {
      readonly text: string;
      /** Lower-case hex SHA-256 of the bytes. */
      readonly contentHash: string;
      readonly sizeBytes: number;
    }
  | { readonly skipped: SkipReason };

/** Where git looks for a NUL byte to tell binary files. */
const BINARY_PROBE_BYTES = 8_000;

/** Absent on Windows. */
const UNLINKED = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const UNBLOCKED = (constants.O_NONBLOCK as number | undefined) ?? 0;

/**
 * Reads UTF-8, UTF-16 with a byte order mark, and what is left as Latin-1; line ends stay as they
 * are, the mark goes. Neither follows a link nor waits for a pipe put in the file's place.
 */
export function readSource(absolutePath: string, maxBytes: number): SourceText {
  const bytes = readBytes(absolutePath, maxBytes);
  if (typeof bytes === 'string') return { skipped: bytes };
  const text = decode(bytes);
  if (text === undefined) {
    return { skipped: bytes.subarray(0, BINARY_PROBE_BYTES).includes(0) ? 'binary' : 'not-text' };
  }
  const skipped = skipByText(text);
  if (skipped !== undefined) return { skipped };
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  return { text, contentHash, sizeBytes: bytes.length };
}

function readBytes(absolutePath: string, maxBytes: number): Buffer | SkipReason {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(absolutePath, constants.O_RDONLY | UNLINKED | UNBLOCKED);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return 'unreadable';
    return stats.size > maxBytes ? 'too-large' : readFileSync(descriptor);
  } catch (error) {
    const isLink = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    return isLink ? 'symbolic-link' : 'unreadable';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function decode(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.subarray(0, BINARY_PROBE_BYTES).includes(0)) return undefined;
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  return isLatin1(bytes) ? bytes.toString('latin1') : undefined;
}

/** Other single-byte text has control characters only by accident. */
function isLatin1(bytes: Buffer): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) controls += 1;
  }
  return controls * 200 <= bytes.length;
}
