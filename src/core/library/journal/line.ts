import zlib from 'node:zlib';
import type { LibraryEvent } from '../../model/event.ts';
import { FACTS } from '../facts/all.ts';

/** Version of the file format: the line format and the header. */
export const JOURNAL_FORMAT = 1;

/** First line of a journal file. */
export interface Header {
  readonly format: number;
  /** Machine the writer ran on; see `Machine`. */
  readonly host: string;
  readonly boot: string;
  /** Only in a base: the files it holds the facts of. */
  readonly folds?: readonly Fold[];
}

/** One input of a base: the first `bytes` bytes of file `id`. */
export interface Fold {
  readonly id: string;
  readonly bytes: number;
  /** Inputs of an input that was a base itself, one level deep. */
  readonly folds?: readonly Fold[];
}

/**
 * What one finished line turned out to be; `bad` lines fail their checksum or are not JSON. A
 * mended event has other values in place of those that cannot be shown.
 */
export type Line<Event = LibraryEvent> =
  | { readonly kind: 'event'; readonly event: Event; readonly isMended: boolean }
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'bad' };

const BAD = { kind: 'bad' } as const;
const UNKNOWN = { kind: 'unknown' } as const;
const NEWLINE = 0x0a;
const CHECKSUM_DIGITS = 8;
const readFact = (value: Readonly<Record<string, unknown>>): LibraryEvent | undefined =>
  FACTS.read(value);

/** `<CRC-32 of the JSON, 8 hex digits> <JSON>` and a newline, in UTF-8. */
export function encodeLine(value: object): Buffer {
  const json = Buffer.from(JSON.stringify(value));
  const line = Buffer.allocUnsafe(CHECKSUM_DIGITS + 1 + json.length + 1);
  line.write(`${checksumOf(json)} `, 'latin1');
  json.copy(line, CHECKSUM_DIGITS + 1);
  line[line.length - 1] = NEWLINE;
  return line;
}

/** @param line without its newline */
export function parseLine(line: Buffer): Line {
  return parseLineOf(line, readFact);
}

/**
 * A line of a folder that holds other events than those of a library.
 *
 * @param line without its newline
 * @param read gives the event itself, a mended one, or `undefined` for what it does not know
 */
export function parseLineOf<Event extends object>(
  line: Buffer,
  read: (value: Readonly<Record<string, unknown>>) => Event | undefined,
): Line<Event> {
  if (!isSound(line)) return BAD;
  const value = parseJson(line.toString('utf8', CHECKSUM_DIGITS + 1));
  if (!isObject(value)) return BAD;
  if ('header' in value) return parseHeader(value['header']);
  // An event of a later version may mean something else under the same type.
  const event = 'format' in value ? undefined : read(value);
  return event === undefined
    ? UNKNOWN
    : { kind: 'event', event, isMended: !Object.is(event, value) };
}

/** Whether a line, without its newline, carries the checksum of its content. */
export function isSound(line: Buffer): boolean {
  if (line.length <= CHECKSUM_DIGITS || line[CHECKSUM_DIGITS] !== 0x20) return false;
  const stated = line.toString('latin1', 0, CHECKSUM_DIGITS);
  return stated === checksumOf(line.subarray(CHECKSUM_DIGITS + 1));
}

function parseHeader(value: unknown): Line<never> {
  if (!isObject(value)) return BAD;
  const { format, host, boot, folds } = value;
  if (typeof format !== 'number') return BAD;
  if (format > JOURNAL_FORMAT) return { kind: 'header', header: { format, host: '', boot: '' } };
  if (typeof host !== 'string' || typeof boot !== 'string') return BAD;
  const header = { format, host, boot };
  return { kind: 'header', header: isFolds(folds) ? { ...header, folds } : header };
}

function isFolds(value: unknown): value is readonly Fold[] {
  return (
    Array.isArray(value) &&
    value.every(
      (fold) =>
        isObject(fold) &&
        typeof fold['id'] === 'string' &&
        typeof fold['bytes'] === 'number' &&
        (fold['folds'] === undefined || isFolds(fold['folds'])),
    )
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checksumOf(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(CHECKSUM_DIGITS, '0');
}

/** CRC-32 of ISO 3309, as in gzip: `zlib.crc32` where Node has it (from 20.15 and 22.2 on). */
const crc32: (bytes: Uint8Array) => number =
  'crc32' in zlib ? (bytes) => zlib.crc32(bytes) : crc32ByTable;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** Exported for its test: a Node with `zlib.crc32` never calls it otherwise. */
export function crc32ByTable(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (CRC_TABLE[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
