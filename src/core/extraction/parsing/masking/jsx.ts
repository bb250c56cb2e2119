import type { TextRegion } from '../treeSitter.ts';
import type { BareText } from './bareText.ts';
import type { Blank } from './blank.ts';

/** An `&` that begins no entity, or a `>`: text to browsers, an error to the grammar. */
const BARE = /&(?!#?\w{1,31};)|>/g;

/** Only where the grammar stumbled over one: elsewhere it is an operator. */
export function jsxBlanks(
  _: BareText,
  text: string,
  errors: readonly TextRegion[],
): readonly Blank[] {
  return errors.flatMap(({ startIndex, endIndex }) => {
    const error = text.slice(startIndex, endIndex);
    if (!/^[&>]/.test(error)) return [];
    return Array.from(error.matchAll(BARE), ({ index }) => ({
      startIndex: startIndex + index,
      endIndex: startIndex + index + 1,
    }));
  });
}
