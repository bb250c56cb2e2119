import { diffArrays } from 'diff';

import type { SuggestionFile } from '../../../src/core/model/suggestions/suggestion.ts';

/** Both versions of a file that a commit changes. */
export interface Versions {
  readonly before: SuggestionFile | undefined;
  readonly after: SuggestionFile;
}

/** Taken off the number of a line, so that none has it: in a former version nothing is being written. */
export const NO_LINE = 0.5;

/** Files that changed more are written anew: nothing of them stands below. */
const MOST_CHANGED_LINES = 3000;

/**
 * The file as somebody sees it who is about to write a line of its new version: above, that version;
 * below, what is left there of the former one.
 *
 * @param line of the new version, from 0
 */
export function openedAt({ before, after }: Versions, line: number): SuggestionFile {
  const former = before ?? { text: '', functions: [] };
  const rest = before === undefined ? undefined : restBelow(before.text, after.text, line);
  const formerLines = former.text.split('\n');
  const below = rest === undefined ? [] : formerLines.slice(rest);
  const shift = line - (rest ?? 0);
  return {
    path: after.path,
    text: [...after.text.split('\n').slice(0, line), ...below].join('\n'),
    functions: [
      ...after.functions.filter(({ lastLine }) => lastLine < line),
      ...former.functions
        .filter(({ firstLine }) => rest !== undefined && firstLine >= rest)
        .map((one) => ({
          ...one,
          firstLine: one.firstLine + shift,
          lastLine: one.lastLine + shift,
        })),
    ],
    committed: { text: former.text, functions: former.functions },
  };
}

/** Where the former version goes on once all above a line of the new one is written. */
function restBelow(before: string, after: string, line: number): number | undefined {
  const changes = diffArrays(before.split('\n'), after.split('\n'), {
    maxEditLength: MOST_CHANGED_LINES,
  });
  let old = 0;
  let fresh = 0;
  for (const { added, removed, count } of changes ?? []) {
    if (removed) old += count;
    else if (fresh + count > line) return added ? old : old + line - fresh;
    else {
      fresh += count;
      if (!added) old += count;
    }
  }
  return changes === undefined ? undefined : old;
}
