import { utf8Text } from '../../core/platform/text/utf8Text.ts';

/** Larger texts are told as changed, and not how. */
const MOST_CHARACTERS = 200_000;

/**
 * The lines in which two texts differ, from the first to the last of them; `undefined` where none do,
 * or where they are many.
 */
export function changedLines(
  before: string,
  after: string,
): { readonly before: string; readonly after: string } | undefined {
  const [gone, come] = [before.split(/\r?\n/), after.split(/\r?\n/)];
  const most = Math.min(gone.length, come.length);
  let start = 0;
  while (start < most && gone[start] === come[start]) start += 1;
  let same = 0;
  while (same < most - start && gone.at(-1 - same) === come.at(-1 - same)) same += 1;
  const change = {
    before: gone.slice(start, gone.length - same).join('\n'),
    after: come.slice(start, come.length - same).join('\n'),
  };
  const isLong = Math.max(change.before.length, change.after.length) > MOST_CHARACTERS;
  return isLong || change.before === change.after ? undefined : change;
}

/**
 * The text of a file as it was before it was changed; empty where there was none, and `undefined`
 * where it held no UTF-8: what was changed in it is not known.
 */
export function formerText(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? '' : utf8Text(bytes);
}
