import type { Suggestion } from '../../model/suggestions/suggestion.ts';

export type FittedText = Pick<Suggestion, 'text' | 'replaces'>;

/**
 * A text in place of what follows the cursor on its line; `undefined` where the text's first line
 * does not hold all of that in its order, so that something of it would be lost.
 */
export function inPlaceOf(rest: string, text: string): FittedText | undefined {
  let from = 0;
  const [firstLine = ''] = text.split('\n', 1);
  for (const character of rest.replace(/\s+/g, '')) {
    const at = firstLine.indexOf(character, from);
    if (at === -1) return undefined;
    from = at + character.length;
  }
  return { text, replaces: rest.length };
}
