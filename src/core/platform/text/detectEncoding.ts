import iconv from 'iconv-lite';
import { detect, detectAll } from 'jschardet';

/** What source code is written in beside UTF-8; windows-1252 stands for all that is Western. */
const CANDIDATES = [
  'GB18030',
  'Big5',
  'CP932',
  'EUC-JP',
  'CP949',
  'Windows-1251',
  'KOI8-R',
  'Windows-1253',
  'Windows-1255',
  ...['Windows-1250', 'Windows-1254'],
  'Windows-1252',
];

/** In these any bytes are letters, so a guess must be better than one of those of several bytes. */
const SINGLE_BYTE = /^(?:Windows|KOI8)/;
const LEAST_SINGLE_BYTE_CONFIDENCE = 0.1;

/**
 * Central European and Turkish letters have the bytes of Western ones, which few words tell apart: of 2,275 short
 * comments in German, French, Spanish, Italian and Portuguese the guess for these was never this much surer.
 */
const LATIN = /^Windows-125[04]$/;
const LEAST_LATIN_CONFIDENCE = 0.05;
const LEAST_LATIN_LEAD = 1.2;

/** Letters as they stand together in words: Greek, Cyrillic, Hebrew; Chinese, Japanese, Korean. */
const WORD = /[\u0370-\u04ff\u05d0-\u05ea]{3}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}/;

/** Far more than telling takes. */
const PROBE_BYTES = 64 * 1024;

/**
 * The encoding that text with bytes beyond ASCII looks like, for text that is not UTF-8;
 * `undefined` where it looks Western or like nothing.
 */
export function detectEncoding(bytes: Buffer): string | undefined {
  const guesses = detectAll(beyondAscii(bytes), { detectEncodings: CANDIDATES });
  const { encoding, confidence } = guesses[0] ?? { encoding: null, confidence: 0 };
  if (encoding === null || encoding === 'Windows-1252') return undefined;
  if (LATIN.test(encoding)) {
    const western = guesses.find((guess) => guess.encoding === 'Windows-1252')?.confidence ?? 0;
    const least = Math.max(LEAST_LATIN_CONFIDENCE, western * LEAST_LATIN_LEAD);
    return confidence >= least ? encoding : undefined;
  }
  if (SINGLE_BYTE.test(encoding) && confidence < LEAST_SINGLE_BYTE_CONFIDENCE) return undefined;
  const text = iconv.decode(bytes, encoding);
  return WORD.test(text) && !text.includes('\ufffd') ? encoding : undefined;
}

/** UTF-16 or UTF-32 without a byte order mark, for text that has NUL bytes. */
export function detectWideEncoding(bytes: Buffer): string | undefined {
  const { encoding } = detect(bytes.subarray(0, PROBE_BYTES));
  return encoding !== null && /^utf-(?:16|32)/i.test(encoding) ? encoding : undefined;
}

/** Of a long text the lines that tell something. */
function beyondAscii(bytes: Buffer): Buffer {
  if (bytes.length <= PROBE_BYTES) return bytes;
  const lines: Buffer[] = [];
  let length = 0;
  for (let start = 0; start < bytes.length && length < PROBE_BYTES;) {
    const found = bytes.indexOf(10, start);
    const end = found === -1 ? bytes.length : found + 1;
    const line = bytes.subarray(start, Math.min(end, start + PROBE_BYTES));
    if (line.some((byte) => byte > 0x7f)) {
      lines.push(line);
      length += line.length;
    }
    start = end;
  }
  return Buffer.concat(lines);
}
