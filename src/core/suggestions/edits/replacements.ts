import { diffArrays } from 'diff';

/** Lines of one version of a text that others took the place of. */
export interface ReplacedLines {
  /** From 0, in each version. */
  readonly beforeLine: number;
  readonly afterLine: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** More lines are another thing each time. */
const MOST_REPLACED = 5;
/** A file that changed more is written anew. */
const MOST_CHANGED_LINES = 400;

/**
 * Small replacements between two versions of a file; what only adds or only removes is none.
 *
 * @param mostLines that may take the place of others
 */
export function replacementsIn(
  before: string,
  after: string,
  mostLines: number,
): readonly ReplacedLines[] {
  const changes = changesBetween(before.split('\n'), after.split('\n'), MOST_CHANGED_LINES);
  const found: ReplacedLines[] = [];
  let beforeLine = 0;
  let afterLine = 0;
  for (const [at, change] of changes.entries()) {
    const next = changes[at + 1];
    if (change.removed) {
      if (next?.added === true && change.count <= MOST_REPLACED && next.count <= mostLines) {
        found.push({ beforeLine, afterLine, before: change.value, after: next.value });
      }
      beforeLine += change.count;
    } else if (change.added) afterLine += change.count;
    else {
      beforeLine += change.count;
      afterLine += change.count;
    }
  }
  return found;
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
