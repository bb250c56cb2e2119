import type { CodeToken } from '../model/suggestions/edit.ts';
import { readStretch } from './fileReading.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import { readFacts } from './sourceParser.ts';

/** The tokens of a file in order; comments are left out. */
export function codeTokensOf(source: ParsedSource): readonly CodeToken[] {
  const { tokens } = readStretch(source, readFacts(source), undefined, 0).surroundings;
  return tokens.texts.map((text, at) => {
    const start = tokens.startIndexes[at] ?? 0;
    return { text, start, end: start + text.length, kind: tokens.kinds[at] ?? 'fixed' };
  });
}
