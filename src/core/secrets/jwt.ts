import { isAsciiWordCode } from '../platform/text/asciiWord.ts';
import type { Span } from './span.ts';

/** How a JSON object whose first name is in quotes begins in base 64. */
const START = 'eyJ';

/** A header, a payload that is an object too, or the five parts of an encrypted token. */
const SIGNED = /^[\w-]{11,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?/;
const ENCRYPTED = /^[\w-]{19,}\.[\w-]*\.[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/;

/** Finds JSON web tokens. Each run of their characters is read once, however often it begins anew. */
export function findJwts(text: string): readonly Span[] {
  const spans: Span[] = [];
  let at = text.indexOf(START);
  while (at !== -1) {
    let end = at + START.length;
    while (isTokenCode(text.charCodeAt(end))) end += 1;
    const run = text.slice(at, end);
    const length = (SIGNED.exec(run) ?? ENCRYPTED.exec(run))?.[0].length;
    if (length !== undefined) spans.push({ start: at, end: at + length, type: 'jwt' });
    at = text.indexOf(START, end);
  }
  return spans;
}

function isTokenCode(code: number): boolean {
  return isAsciiWordCode(code) || code === 46;
}
