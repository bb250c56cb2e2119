import type { LineLayout, TypingPlace } from '../../model/suggestions/suggestion.ts';
import { normaliseLine } from '../lines/lineIndex.ts';
import type { NextLine } from '../lines/nextLines.ts';
import { indentOf } from '../place/place.ts';
import { atCursor } from './fitBody.ts';
import { inPlaceOf, type FittedText } from './inPlaceOf.ts';
import { indentBelow } from './layout.ts';

/**
 * Lines as they are put at the cursor, indented as the ones before them. Where something follows the
 * cursor that is one line at most, which holds what follows; `undefined` where it does not.
 */
export function fitLines(
  lines: readonly NextLine[],
  place: Pick<TypingPlace, 'before' | 'typed' | 'after'>,
  layout: LineLayout,
): FittedText | undefined {
  const rest = place.after[0] ?? '';
  if (rest.trim() === '') return { text: joined(lines, place, layout), replaces: 0 };
  return inPlaceOf(rest, joined(lines.slice(0, 1), place, layout));
}

function joined(
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
