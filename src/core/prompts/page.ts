import type { QuotePage } from '../model/api/prompts.ts';

/** Longer lines are data, such as tables of numbers. */
const LONGEST_LINE = 400;

/** Lines of a text from one on, each cut where it is longer than code is. */
export function pageOf(
  text: string,
  { fromLine, lines }: QuotePage,
): { readonly text: string; readonly nextLine: number | null } {
  const all = text.split('\n');
  const end = fromLine - 1 + lines;
  const shown = all.slice(fromLine - 1, end).map((line) => {
    return line.length <= LONGEST_LINE ? line : `${line.slice(0, LONGEST_LINE)}…`;
  });
  return { text: shown.join('\n'), nextLine: end < all.length ? end + 1 : null };
}
