import type { TextRegion } from '../treeSitter.ts';
import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';

/**
 * Text of JSX that browsers read and the grammar does not. An `&` that begins no entity is written
 * as `|`, which is text as well and as good an operator, because the grammar may tell its error of
 * all that is around; a `>` is blanked where the grammar stumbled over it.
 */
export function jsxBlanks(
  _: BareText,
  text: string,
  errors: readonly TextRegion[],
): readonly Blank[] {
  const ampersands = Array.from(text.matchAll(/&/g), ({ index }) => ({
    startIndex: index,
    endIndex: index + 1,
    instead: '|',
  }));
  const brackets = errors.flatMap(({ startIndex, endIndex }) => {
    const error = text.slice(startIndex, endIndex);
    if (!/^[&>]/.test(error)) return [];
    return Array.from(error.matchAll(/>/g), ({ index }) => ({
      startIndex: startIndex + index,
      endIndex: startIndex + index + 1,
    }));
  });
  return [...ampersands, ...brackets];
}
