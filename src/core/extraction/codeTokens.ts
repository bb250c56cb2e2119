import type { CodeToken } from '../model/suggestions/edit.ts';
import { readStretch } from './fileReading.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import { readFacts } from './sourceParser.ts';
import { listTokens } from './tokens/tokens.ts';

/** The tokens of a file in order; comments are left out. */
export function codeTokensOf(source: ParsedSource): readonly CodeToken[] {
  const { tokens } = readStretch(source, readFacts(source), undefined, 0).surroundings;
  return listTokens(tokens);
}
