import { diffArrays } from 'diff';

/** Lines of one version of a text that others took the place of. */
export interface ReplacedLines {
  /** From 0, in each version. */
  readonly beforeLine: number;
  readonly afterLine: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What may take the place of what. */
export interface ReplacedBounds {
  /** Lines that are replaced; more are another thing each time. */
  readonly mostReplaced: number;
  /** Lines that may take the place of others. */
  readonly mostLines: number;
  /** Changes with no more lines between them, none of which holds a letter, are one. */
  readonly mostBetween: number;
  /** Whether lines that only come, in the place of none, count as well. */
  readonly withAdded: boolean;
}

/** A file that changed more is written anew. */
const MOST_CHANGED_LINES = 400;

/**
 * Small replacements between two versions of a file; what only removes is none, and what only adds
 * is one where that is asked for.
 */
export function replacementsIn(
  before: string,
  after: string,
  { mostReplaced, mostLines, mostBetween, withAdded }: ReplacedBounds,
): readonly ReplacedLines[] {
  const changes = changesBetween(before.split('\n'), after.split('\n'), MOST_CHANGED_LINES);
  const found: ChangedLines[] = [];
  let beforeLine = 0;
  let afterLine = 0;
  let between: readonly string[] = [];
  for (const { removed, added, value, count } of changes) {
    if (!removed && !added) between = value;
    else {
      const lines = { before: removed ? value : [], after: added ? value : [] };
      const last = found.at(-1);
      if (last !== undefined && isJoined(between, mostBetween)) {
        last.before.push(...between, ...lines.before);
        last.after.push(...between, ...lines.after);
      } else {
        found.push({
          ...{ beforeLine, afterLine },
          ...{ before: [...lines.before], after: [...lines.after] },
        });
      }
      between = [];
    }
    if (!added) beforeLine += count;
    if (!removed) afterLine += count;
  }
  return found.filter(
    ({ before: old, after: fresh }) =>
      (old.length > 0 || withAdded) &&
      fresh.length > 0 &&
      old.length <= mostReplaced &&
      fresh.length <= mostLines,
  );
}

interface ChangedLines extends ReplacedLines {
  readonly before: string[];
  readonly after: string[];
}

/** What goes and what comes stand side by side; blank lines and brackets may stay between. */
function isJoined(between: readonly string[], most: number): boolean {
  return between.length <= most && !between.some((line) => /[\p{L}\p{N}]/u.test(line));
}

/** A stretch that two lists share, or that one has and the other has not. */
export interface ListChange {
  readonly value: readonly string[];
  readonly count: number;
  readonly added: boolean;
  readonly removed: boolean;
}

/** How one list becomes another; nothing where more than `most` items change. */
export function changesBetween(
  before: readonly string[],
  after: readonly string[],
  most: number,
): readonly ListChange[] {
  return diffArrays([...before], [...after], { maxEditLength: most }) ?? [];
}
