import { marksOf, type MaskMark } from './masking/mask.ts';
import type { ParsedSource } from './parsedSource.ts';
import type { Span } from './spans.ts';
import type { Capture } from './treeSitter.ts';

/** What the grammar found, and what it was not shown but counts all the same; in order. */
export function capturesOf(
  { grammar, tree, text, masked }: ParsedSource,
  what: 'all' | 'outline',
  within?: Span,
): readonly (Capture | MaskMark)[] {
  const captures = grammar.captures(tree, what, within);
  const marks = masked === undefined ? [] : marksOf(masked, text);
  if (marks.length === 0) return captures;
  const seen = marks.filter(
    ({ startIndex, endIndex }) =>
      within === undefined || (startIndex < within.endIndex && endIndex > within.startIndex),
  );
  return [...captures, ...seen].sort((a, b) => a.startIndex - b.startIndex);
}
