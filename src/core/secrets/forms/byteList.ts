import { matchAt, type TellingName } from './parts.ts';

const BYTE = '(?:\\(byte\\)\\s?)?-?(?:0x[\\da-fA-F]{1,2}|\\d{1,3})(?:u8)?';
/** In a comment; no bracket opens another list there, so that no list is read once for each around it. */
const REMARK = '[^*\\r\\n[({]|[[({](?!\\s{0,40}[-\\d(])';
const GAP =
  `(?:\\s|/\\*(?:${REMARK}|[\\r\\n]|\\*(?!/)){0,200}\\*/` +
  `|(?://|#)(?:${REMARK}|\\*){0,200}(?=[\\r\\n])){0,300}`;
/** What a list of bytes is given by: `AES_KEY[16] = {`, `secret := []byte{`, `String.fromCharCode(`. */
const OPENING = new RegExp(
  `(?:\\[\\w{0,10}\\])?\\s{0,4}(?::\\s{0,3}[\\w[\\]<>;& ]{1,30})?\\s{0,4}(?::=|=|:|\\()\\s{0,10}[\\w.[\\]<> ]{0,30}?[[({]{1,2}(?=${GAP}${BYTE})`,
  'y',
);
/** One group each. */
const FIRST_BYTE = new RegExp(`${GAP}(${BYTE})`, 'y');
const NEXT_BYTE = new RegExp(`${GAP},${GAP}(${BYTE})`, 'y');

/** Fewer are as likely a version or a size. */
const LEAST_BYTES = 8;
/** What is neither text nor as long as a key may be any table. */
const SHORTEST_KEY = 16;

export interface ByteList {
  readonly start: number;
  readonly end: number;
  /** What the bytes say, where all of them are letters, digits and signs. */
  readonly text: string | undefined;
}

/** Of a list this much is judged at a time: of a longer piece the bytes repeat, however they are drawn. */
const PIECE = 64;

/** A password or key that is given byte by byte; several numbers of tokens are none. */
export function readBytes(text: string, name: TellingName): ByteList | undefined {
  if (/(?:tokens|keys|lengths|counts|sizes)$/i.test(name.text)) return undefined;
  const opening = matchAt(OPENING, text, name.end);
  if (opening === undefined) return undefined;
  const { start, end, bytes } = readList(text, name.end + opening[0].length);
  if (bytes.length < LEAST_BYTES) return undefined;
  if (bytes.some((byte) => byte > 255 || byte < -128)) return undefined;
  if (bytes.every((byte) => byte > 32 && byte < 127)) {
    return { start, end, text: Buffer.from(bytes).toString('latin1') };
  }
  return bytes.length >= SHORTEST_KEY && areDrawn(bytes)
    ? { start, end, text: undefined }
    : undefined;
}

/** The bytes from the first to the last that only a comma, space and comments part. */
function readList(
  text: string,
  from: number,
): Pick<ByteList, 'start' | 'end'> & { readonly bytes: readonly number[] } {
  let start = from;
  let end = from;
  const bytes: number[] = [];
  for (;;) {
    const [whole, byte] = matchAt(bytes.length === 0 ? FIRST_BYTE : NEXT_BYTE, text, end) ?? [];
    if (whole === undefined || byte === undefined) return { start, end, bytes };
    end += whole.length;
    if (bytes.length === 0) start = end - byte.length;
    bytes.push(Number(byte.replace(/^\(byte\)\s?|u8$/g, '')));
  }
}

/** Neither counted up nor repeated, for the most part. */
function areDrawn(bytes: readonly number[]): boolean {
  let drawn = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.slice(at, at + PIECE);
    drawn += isDrawn(piece) ? piece.length : 0;
  }
  return drawn > bytes.length / 2;
}

function isDrawn(bytes: readonly number[]): boolean {
  const steps = bytes.slice(1).map((byte, index) => byte - (bytes[index] ?? 0));
  return new Set(bytes).size > bytes.length * 0.6 && new Set(steps).size > steps.length * 0.5;
}
