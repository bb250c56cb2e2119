import { matchAt, type TellingName } from './parts.ts';

const BYTE = '(?:\\(byte\\)\\s?)?-?(?:0x[\\da-fA-F]{1,2}|\\d{1,3})(?:u8)?';
/** `AES_KEY[16] = { 0x0a, … }`, `secret := []byte{1, …}`, `String.fromCharCode(57, …)`; one group. */
const BYTES = new RegExp(
  `(?:\\[\\w{0,10}\\])?\\s{0,4}(?::\\s{0,3}[\\w[\\]<>;& ]{1,30})?\\s{0,4}(?::=|=|:|\\()\\s{0,10}[\\w.[\\]<> ]{0,30}?[[({]{1,2}\\s{0,40}` +
    `(${BYTE}(?:\\s{0,20},\\s{0,40}${BYTE}){7,255})`,
  'y',
);

/** What is neither text nor as long as a key may be any table. */
const SHORTEST_KEY = 16;

export interface ByteList {
  readonly start: number;
  readonly end: number;
  /** What the bytes say, where all of them are letters, digits and signs. */
  readonly text: string | undefined;
}

/** A password or key that is given byte by byte; several numbers of tokens are none. */
export function readBytes(text: string, name: TellingName): ByteList | undefined {
  if (/(?:tokens|keys|lengths|counts|sizes)$/i.test(name.text)) return undefined;
  const [whole = '', list] = matchAt(BYTES, text, name.end) ?? [];
  if (list === undefined) return undefined;
  const bytes = (list.match(/-?0x[\da-fA-F]+|-?\d+(?!\w*8\b)|-?\d+(?=u8)/g) ?? []).map(Number);
  if (bytes.some((byte) => byte > 255 || byte < -128)) return undefined;
  const end = name.end + whole.length;
  const place = { start: end - list.length, end };
  if (bytes.every((byte) => byte > 32 && byte < 127)) {
    return { ...place, text: String.fromCharCode(...bytes) };
  }
  return bytes.length >= SHORTEST_KEY && areDrawn(bytes)
    ? { ...place, text: undefined }
    : undefined;
}

/** Neither counted up nor repeated. */
function areDrawn(bytes: readonly number[]): boolean {
  const steps = bytes.slice(1).map((byte, index) => byte - (bytes[index] ?? 0));
  return new Set(bytes).size > bytes.length * 0.6 && new Set(steps).size > steps.length * 0.5;
}
