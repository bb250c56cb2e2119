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

/** A line of a key; the last one may be of any length. */
const WHOLE_LINE = 32;
/** Lines of code or of a comment that may part the armour from the key. */
const MOST_STRAY = 2;

/**
 * Finds the body of private keys in PEM and OpenPGP armour, run by run, so that quotes, escapes and
 * line ends between them stay. Text that only names the armour has no body, and the first line
 * that is none of a key ends one.
 */
export function findPrivateKeys(text: string): readonly Span[] {
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
    if (HEADER.test(line)) continue;
    const runs = [...line.matchAll(RUN)];
    const ofKey = toRunsOfKey(runs, isClosed && start + line.length >= body.length - 4);
    for (const run of ofKey) {
      const at = from + start + run.index;
      const continues = spans.length > 0;
      spans.push({ start: at, end: at + run[0].length, type: 'private-key', continues });
      isWhole ||= isLine(run[0]);
    }
    if (ofKey.length === 0 && runs.length > 0) stray += 1;
    if (stray > (isWhole ? 0 : MOST_STRAY)) break;
  }
  return isWhole ? spans : [];
}

/** What of a line belongs to a key: long runs and, alone or beside them, its rest. */
function toRunsOfKey(
  runs: readonly RegExpExecArray[],
  isLast: boolean,
): readonly RegExpExecArray[] {
  const isAlone = runs.length === 1;
  if (!isAlone && !runs.some(({ 0: run }) => isLine(run))) return [];
  return runs.filter(({ 0: run }) => isLine(run) || isTail(run) || (isLast && isAlone));
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

function isLine(run: string): boolean {
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
