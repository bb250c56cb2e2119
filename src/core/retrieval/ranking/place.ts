import type { Fragment, SourceFile } from '../../model/code.ts';
import type { Extractor } from '../../model/ports/extractor.ts';

/** The code around a place, as a query. */
export interface PlaceQuery {
  readonly text: string;
  /** Of the fragment that the place is in; `undefined` where only lines around it were taken. */
  readonly fragment: Fragment | undefined;
}

/** A shorter fragment says too little: the one around it is asked for. */
const MIN_FRAGMENT_LINES = 3;
/** Of code that is in no fragment, before and after the place. */
const LINES_AROUND = 15;
/** Of a long fragment, around the place. */
const MAX_LINES = 200;

/**
 * The innermost fragment of at least three lines that holds the line, else what of the fifteen lines
 * before and after it is more than imports and comments; of more than 200 lines those around the place.
 *
 * @param line counts from 0; beyond the end it means the last line
 * @param upTo whether what follows the line is left out
 */
export async function queryAtPlace(
  extractor: Extractor,
  file: SourceFile,
  line: number,
  upTo = false,
): Promise<PlaceQuery> {
  const lines = file.text.split(/\r?\n/);
  const place = Math.max(0, Math.min(line, lines.length - 1));
  const fragments = (await extractor.extract(file))?.fragments ?? [];
  const fragment = fragments.findLast(
    ({ range, lines: length }) =>
      range.start.line <= place && place <= range.end.line && length >= MIN_FRAGMENT_LINES,
  );
  if (upTo) {
    const first = Math.max(fragment?.range.start.line ?? 0, place - MAX_LINES);
    const start = fragment === undefined ? Math.max(0, place - LINES_AROUND) : first;
    return { text: lines.slice(start, place + 1).join('\n'), fragment };
  }
  if (fragment === undefined) {
    return { text: withoutImports(linesAround(lines, place, LINES_AROUND)), fragment };
  }
  if (fragment.lines <= MAX_LINES) return { text: fragment.code, fragment };
  const text = linesAround(lines, place, MAX_LINES / 2 - 1);
  return { text, fragment };
}

/** How the languages that are read begin a line that brings names in, or says what a file is in. */
const IMPORT =
  /^\s*(?:import\b(?!\()|from\s+\S+\s+import\b|export\s*[{*]|using\s+(?:static\s+)?[\w.]+(?:\s*=\s*[\w.<>]+)?\s*;|use\s+[\w\\:{]|#\s*include\b|(?:const|let|var)\b[^=]*=\s*require\s*\(\s*['"`]|require(?:_relative)?[\s(]+['"]|package\s+\w|namespace\s+[\w\\.]+;)/;
const COMMENT = /^\s*(?:\/\/|\/\*|\*|#(?!\s*(?:include|define|undef|if|pragma)|!?\[)|--|"{3}|'{3})/;
/** Of a line with an import; brackets in it end nothing. */
const COMMENT_BEHIND = /(?:\/\/|\s#).*$/;

const PAIRS = [
  ['(', ')'],
  ['{', '}'],
] as const;

/** Empty where nothing else is there: what files bring in says what they use, not what they do. */
function withoutImports(text: string): string {
  const kept: string[] = [];
  /** What ends an import of several lines. */
  let end: string | undefined;
  for (const line of text.split('\n')) {
    const bare = line.replace(COMMENT_BEHIND, '');
    if (end !== undefined) {
      if (bare.includes(end)) end = undefined;
      continue;
    }
    if (!IMPORT.test(line)) {
      kept.push(line);
      continue;
    }
    end = PAIRS.find(([open, close]) => bare.lastIndexOf(open) > bare.lastIndexOf(close))?.[1];
  }
  const isCode = kept.some((line) => /[\p{L}\p{N}]/u.test(line) && !COMMENT.test(line));
  return isCode ? kept.join('\n') : '';
}

function linesAround(lines: readonly string[], place: number, reach: number): string {
  return lines.slice(Math.max(0, place - reach), place + reach + 1).join('\n');
}
