import type { LineLayout, TypingPlace } from '../../model/suggestions/suggestion.ts';
import { normaliseLine } from '../lines/lineIndex.ts';
import type { NextLine } from '../lines/nextLines.ts';
import { indentOf } from '../place/place.ts';
import { atCursor } from './fitBody.ts';
import { indentBelow } from './layout.ts';

/** Lines as they are put at the cursor, indented as the ones before them. */
export function fitLines(
  lines: readonly NextLine[],
  { before, typed }: Pick<TypingPlace, 'before' | 'typed'>,
  layout: LineLayout,
): string {
  const above = before.findLast((line) => line.trim() !== '') ?? '';
  let indent = indentOf(above);
  return lines
    .map((line, at) => {
      indent = indentBelow(indent, { before: line.indentBefore, next: line.indent }, layout.step);
      if (at > 0) return indent + line.text;
      if (typed.trim() === '') return atCursor(indent + line.text, typed);
      indent = indentOf(typed);
      const rest = line.text.slice(normaliseLine(typed).length);
      return /\s$/.test(typed) ? rest.trimStart() : rest;
    })
    .join(layout.lineEnd);
}
