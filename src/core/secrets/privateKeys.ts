import type { Span } from './span.ts';

const MARKER = /-----(BEGIN|END) [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;

/** A 16,384-bit RSA key takes about 13,000 characters; quotes and indentation come on top. */
const LONGEST_KEY = 20_000;

/** Line ends written as escapes part the runs as real ones do. */
const RUN = /\\+[nrt]|([A-Za-z0-9+/=]+)/g;

/** A line of a key; a key cut short may end in one of any length. */
const WHOLE_LINE = 32;

/**
 * Finds the body of private keys in PEM and OpenPGP armour, run by run, so that quotes, escapes and
 * line ends between them stay. Text that only names the armour has no body.
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
  const runs: Span[] = [];
  let whole = false;
  for (const match of body.matchAll(RUN)) {
    const run = match[1];
    if (run === undefined) continue;
    const isLine = run.length >= WHOLE_LINE;
    whole ||= isLine;
    // After a key without an end comes other text; its words are no part of it.
    if (!isClosed && whole && !isLine && !isTail(run)) break;
    if (!isClosed && !isLine && !isTail(run)) continue;
    const start = from + match.index;
    runs.push({ start, end: start + run.length, type: 'private-key', continues: runs.length > 0 });
  }
  return whole ? runs : [];
}

function isTail(run: string): boolean {
  return run.endsWith('=') || (/\d/.test(run) && /[A-Z]/.test(run) && /[a-z]/.test(run));
}
