import { isReadable } from './randomness.ts';
import type { Span } from './span.ts';

const MARKER = /-----(BEGIN|END) [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;

/** A 16,384-bit RSA key takes about 13,000 characters; quotes and indentation come on top. */
const LONGEST_KEY = 20_000;

/** Line ends, also such as are written as escapes. */
const LINE_END = /\r?\n|\r|(?:\\+[nr])+/g;
const RUN = /[A-Za-z0-9+/=]+/g;
/** `Proc-Type: 4,ENCRYPTED`, `Comment: …` */
const HEADER = /^[\s"'`*#|>+-]{0,60}[A-Z][\w-]{2,30}: /;
/** What a header holds is shorter than a line of a key. */
const LONGEST_HEADER = 48;

/** A line of a key; the last one may be of any length. */
const WHOLE_LINE = 32;
/** Between both ends of the armour keys are wrapped shorter, too. */
const SHORT_LINE = 16;
/** What is shorter joins the lines of a key, as in `"MIIE…" +`. */
const SHORTEST_WORD = 4;
/** Lines in a row that are code or a comment, before the key itself where the armour has no end. */
const MOST_STRAY = 2;
/** The same, wherever they stand, where the armour has one. */
const MOST_STRAY_INSIDE = 8;

/**
 * Finds the body of private keys in PEM and OpenPGP armour, run by run, so that quotes, escapes and
 * line ends between them stay. Text that only names the armour has no body, and the first line
 * that is none of a key ends one.
 */
export function findPrivateKeys(text: string): readonly Span[] {
  return [...findArmour(text), ...findEncodedArmour(text)];
}

/** The whole armour in base 64, as Kubernetes and environments carry it. */
const ENCODED = /LS0tLS1CRUdJTi[A-Za-z0-9+/=]{40,}(?:\r?\n[ \t]{0,40}[A-Za-z0-9+/=]{20,})*/g;

function findEncodedArmour(text: string): Span[] {
  if (!text.includes('LS0tLS1CRUdJTi')) return [];
  return [...text.matchAll(ENCODED)].flatMap(({ index, 0: run }) => {
    const head = Buffer.from(run.slice(0, 80), 'base64').toString('latin1');
    const isPrivate = /^-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY/.test(head);
    return isPrivate ? [{ start: index, end: index + run.length, type: 'private-key' }] : [];
  });
}

function findArmour(text: string): readonly Span[] {
  if (!text.includes('PRIVATE KEY')) return [];
  const markers = [...text.matchAll(MARKER)];
  return markers.flatMap((marker, index) => {
    if (marker[1] !== 'BEGIN') return [];
    const from = marker.index + marker[0].length;
    const next = markers[index + 1];
    const to = Math.min(next?.index ?? text.length, from + LONGEST_KEY);
    const isClosed = next?.[1] === 'END' && to === next.index;
    return findBody(text.slice(from, to), from, isClosed);
  });
}

function findBody(body: string, from: number, isClosed: boolean): Span[] {
  const spans: Span[] = [];
  let isWhole = false;
  let stray = 0;
  for (const { start, text: line } of toLines(body)) {
    const words = [...line.matchAll(RUN)].filter(({ 0: run }) => run.length >= SHORTEST_WORD);
    if (HEADER.test(line) && !words.some(({ 0: run }) => run.length > LONGEST_HEADER)) continue;
    const isLast = isClosed && start + line.length >= body.length - 4;
    const ofKey = toRunsOfKey(line, words, isClosed, isLast);
    for (const run of ofKey) {
      const at = from + start + run.index;
      const continues = spans.length > 0;
      spans.push({ start: at, end: at + run[0].length, type: 'private-key', continues });
      isWhole ||= isLine(run[0], isClosed);
    }
    if (ofKey.length > 0) stray = 0;
    else if (words.length > 0) stray += 1;
    if (stray > mostStray(isClosed, isWhole)) break;
  }
  return isWhole ? spans : [];
}

function mostStray(isClosed: boolean, isWhole: boolean): number {
  if (isClosed) return MOST_STRAY_INSIDE;
  return isWhole ? 0 : MOST_STRAY;
}

/** What of a line belongs to a key: long runs and, alone or beside them, its rest. */
function toRunsOfKey(
  line: string,
  words: readonly RegExpExecArray[],
  isClosed: boolean,
  isLast: boolean,
): readonly RegExpExecArray[] {
  const isAlone = words.length === 1;
  if (!isAlone && !words.some(({ 0: run }) => isLine(run, isClosed))) return [];
  // Chance makes some letters of a key look like words.
  const isBare = (run: string): boolean => run.length >= SHORT_LINE && line.trim() === run;
  return words.filter(
    ({ 0: run }) =>
      isLine(run, isClosed) || isTail(run) || (isAlone && isLast) || (isClosed && isBare(run)),
  );
}

function toLines(body: string): readonly { readonly start: number; readonly text: string }[] {
  const lines: { start: number; text: string }[] = [];
  let start = 0;
  for (const { index, 0: end } of body.matchAll(LINE_END)) {
    lines.push({ start, text: body.slice(start, index) });
    start = index + end.length;
  }
  return [...lines, { start, text: body.slice(start) }];
}

function isLine(run: string, isClosed: boolean): boolean {
  if (isClosed && run.length >= SHORT_LINE && isMixed(run)) return true;
  return run.length >= WHOLE_LINE && !isReadable(run);
}

function isTail(run: string): boolean {
  return run.endsWith('=') ? run.length >= 3 : isMixed(run);
}

function isMixed(run: string): boolean {
  return (
    run.length >= 8 && /\d/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run) && !isReadable(run)
  );
}
