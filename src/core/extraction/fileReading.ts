import type { Declaration } from './declarations/declarations.ts';
import { foldDeclarations } from './declarations/declarations.ts';
import type { Surroundings } from './describe/surroundings.ts';
import type { FileFrameworks } from './describe/frameworks.ts';
import { LEXICONS } from './tokens/lexicon.ts';
import type { Lines } from './parsing/lines.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import type { Span } from './parsing/spans.ts';
import { readTokens, type Opaque } from './tokens/tokens.ts';
import { capturesOf } from './parsing/captures.ts';

/** Declarations of a stretch of a file, with all that describing them takes. */
export interface StretchReading {
  readonly declarations: readonly Declaration[];
  readonly surroundings: Surroundings;
}

/** What does not depend on the stretch. */
export interface FileFacts {
  readonly lines: Lines;
  readonly frameworks: FileFrameworks;
}

/**
 * Reads the declarations that touch `stretch`. Only those inside are complete; `comments` says from
 * where on comments count as standing before a declaration.
 */
export function readStretch(
  source: ParsedSource,
  facts: FileFacts,
  stretch: Span | undefined,
  comments: number,
): StretchReading {
  const { text, language } = source;
  const whole = { startIndex: 0, endIndex: text.length };
  const region = stretch ?? whole;
  const asked = { startIndex: Math.min(comments, region.startIndex), endIndex: region.endIndex };
  const captures = capturesOf(source, 'all', stretch === undefined ? undefined : asked);
  const opaque = opaqueSpans(source, captures);
  return {
    declarations: foldDeclarations(source, captures),
    surroundings: {
      source,
      get lines() {
        return facts.lines;
      },
      get frameworks() {
        return facts.frameworks;
      },
      tokens: readTokens(text, region, opaque, LEXICONS[language]),
      opaque,
      jsxIndexes: captures.filter(({ name }) => name === 'jsx').map(({ startIndex }) => startIndex),
    },
  };
}

/** Comments and literals that stand in no other, and what is not code of the language. */
function opaqueSpans(
  source: ParsedSource,
  captures: ReturnType<typeof capturesOf>,
): readonly Opaque[] {
  const spans: Opaque[] = [];
  let end = 0;
  for (const { name, startIndex, endIndex } of captures) {
    if ((name !== 'comment' && name !== 'literal') || startIndex < end) continue;
    end = endIndex;
    spans.push({ startIndex, endIndex, kind: name });
  }
  // What the grammar was not shown is code with comments and strings all the same.
  for (const { startIndex, endIndex, kind } of source.masked?.hidden ?? []) {
    spans.push({ startIndex, endIndex, kind });
  }
  const { regions } = source.reading;
  if (regions === undefined) return spans.sort((a, b) => a.startIndex - b.startIndex);
  let outside = 0;
  for (const { startIndex, endIndex } of [...regions, endOf(source.text)]) {
    spans.push({ startIndex: outside, endIndex: startIndex, kind: 'outside' });
    outside = endIndex;
  }
  return spans.sort((a, b) => a.startIndex - b.startIndex);
}

function endOf(text: string): Span {
  return { startIndex: text.length, endIndex: text.length };
}
