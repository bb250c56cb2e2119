import type { Pattern } from '../../core/model/pattern.ts';
import { codeOf } from '../documents/patternPath.ts';
import type { Hole } from './hole.ts';
import { findIdiomHoles } from './idiomHoles.ts';
import { endOfString, endOfToken, skipBlank } from './codeReading.ts';

/** What stands between the two sides in the template of a change. */
const BETWEEN_SIDES = '\n=>\n';

/**
 * Finds what a pattern's template leaves open in its code by reading both side by side. A template
 * has neither comments nor docstrings nor the author's layout.
 *
 * @param text the pattern's code, however it is indented
 * @returns in order; empty where the template is the code itself, or the two do not fit
 */
export function findHoles(pattern: Pattern, text: string): readonly Hole[] {
  if (pattern.kind === 'idiom') return findIdiomHoles(pattern, text);
  const template = templateOf(pattern);
  if (template === codeOf(pattern).replaceAll('\r\n', '\n')) return [];
  const reader = createReader(pattern, text);
  const known = new Map<string, { readonly stop: number; readonly text: string }>();
  const holes: Hole[] = [];
  const parts = Array.from(template.matchAll(/\$(\d+)|[\p{L}\p{N}_]+|\S/gu));
  for (const [index, [part, number]] of parts.entries()) {
    const found = number === undefined ? undefined : known.get(number);
    const expected = number === undefined ? part : found?.text;
    const span =
      expected === undefined ? reader.takeOpen(fixedText(parts[index + 1])) : reader.take(expected);
    if (span === undefined) return [];
    if (number === undefined) continue;
    const stop = found?.stop ?? known.size + 1;
    known.set(number, { stop, text: text.slice(span.start, span.end) });
    holes.push({ ...span, stop });
  }
  return holes;
}

function templateOf(pattern: Pattern): string {
  if ('code' in pattern) return pattern.template;
  const between = `\n${pattern.template}`.indexOf(BETWEEN_SIDES);
  return between === -1 ? '' : pattern.template.slice(between - 1 + BETWEEN_SIDES.length);
}

/** Of a part that is no metavariable. */
function fixedText(part: RegExpExecArray | undefined): string | undefined {
  return part?.[1] === undefined ? part?.[0] : undefined;
}

type Span = Omit<Hole, 'stop'>;

/** Reads code from its start to its end; `undefined` where it is not as expected. */
interface Reader {
  take(expected: string): Span | undefined;
  /** A name or literal that was not met yet, with the fixed text after it if there is one. */
  takeOpen(next: string | undefined): Span | undefined;
}

function createReader({ language }: Pattern, text: string): Reader {
  let at = 0;

  function advance(span: Span | undefined): Span | undefined {
    at = span?.end ?? at;
    return span;
  }

  /** Where `expected` starts, at or after what templates leave out. */
  function seek(expected: string, from: number): number | undefined {
    const start = skipBlank(text, from, language);
    if (text.startsWith(expected, start)) return start;
    const end = endOfString(text, start);
    return end === undefined ? undefined : seek(expected, end);
  }

  function tokenAt(from: number, next: string | undefined): Span | undefined {
    const start = skipBlank(text, from, language);
    const end = endOfToken(text, start, language);
    if (end === undefined) return undefined;
    return next === undefined || seek(next, end) !== undefined ? { start, end } : undefined;
  }

  /** A literal that only a grammar can tell the end of, such as the text of JSX. */
  function untilNext(next: string | undefined): Span | undefined {
    const start = skipBlank(text, at, language);
    const stop = next === undefined ? -1 : text.indexOf(next, start + 1);
    return stop === -1 ? undefined : { start, end: text.slice(0, stop).trimEnd().length };
  }

  return {
    take(expected) {
      const start = seek(expected, at);
      return advance(start === undefined ? undefined : { start, end: start + expected.length });
    },
    takeOpen(next) {
      const docstringEnd = endOfString(text, skipBlank(text, at, language));
      return advance(
        tokenAt(at, next) ??
          (docstringEnd === undefined ? undefined : tokenAt(docstringEnd, next)) ??
          untilNext(next),
      );
    },
  };
}
