import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
} from 'node:fs';
import { decodeText } from '../../platform/text/decode.ts';
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

/** Absent on Windows. */
const UNLINKED = (constants.O_NOFOLLOW as number | undefined) ?? 0;
const UNBLOCKED = (constants.O_NONBLOCK as number | undefined) ?? 0;

/**
 * Reads a file as `toSourceText` does. Neither follows a link nor waits for a pipe put in the file's
 * place.
 *
 * @param encoding that settings beside the file state
 */
export async function readSource(
  absolutePath: string,
  maxBytes: number,
  encoding?: string,
): Promise<SourceText> {
  const bytes = readBytes(absolutePath, maxBytes);
  return typeof bytes === 'string' ? { skipped: bytes } : toSourceText(bytes, encoding);
}

/** The bytes of a file, wherever they come from, as text that is worth parsing. */
export async function toSourceText(bytes: Buffer, encoding?: string): Promise<SourceText> {
  const decoded = await decodeText(bytes, encoding);
  if ('reason' in decoded) return { skipped: decoded.reason };
  const text = withLineFeeds(decoded.text);
  const skipped = skipByText(text);
  if (skipped !== undefined) return { skipped };
  const contentHash = createHash('sha256').update(bytes).digest('hex');
  return { text, contentHash, sizeBytes: bytes.length };
}

/** Where carriage returns alone end the lines, as on old Macs, no grammar sees lines at all. */
function withLineFeeds(text: string): string {
  return text.includes('\n') ? text : text.replaceAll('\r', '\n');
}

/** More than the first line of a script takes. */
const HEAD_BYTES = 256;

/** The beginning of a file as Latin-1; empty where there is none to be read. */
export function readHead(absolutePath: string): string {
  const head = withFile(absolutePath, (descriptor) => {
    const bytes = Buffer.alloc(HEAD_BYTES);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, HEAD_BYTES, 0));
  });
  return typeof head === 'string' ? '' : head.toString('latin1');
}

function readBytes(absolutePath: string, maxBytes: number): Buffer | SkipReason {
  return withFile(absolutePath, (descriptor, { size }) =>
    size > maxBytes ? 'too-large' : readFileSync(descriptor),
  );
}

function withFile(
  absolutePath: string,
  read: (descriptor: number, stats: Stats) => Buffer | SkipReason,
): Buffer | SkipReason {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(absolutePath, constants.O_RDONLY | UNLINKED | UNBLOCKED);
    const stats = fstatSync(descriptor);
    return stats.isFile() ? read(descriptor, stats) : 'unreadable';
  } catch (error) {
    const isLink = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    return isLink ? 'symbolic-link' : 'unreadable';
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
