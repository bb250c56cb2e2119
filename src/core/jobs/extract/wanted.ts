import type { Change, Fragment } from '../../model/code.ts';
import type { Config } from '../../model/config.ts';

type Settings = Pick<Config['extraction'], 'minComplexity' | 'minLines' | 'frameworks'>;

/** Which of what extraction finds is worth recording, by the settings. */
export interface Wanted {
  readonly fragment: (fragment: Fragment) => boolean;
  /** Whether a recorded fragment counts as a pattern. */
  readonly isKept: (fragment: Pick<Fragment, 'kind' | 'complexity'>) => boolean;
  readonly change: (change: Change) => boolean;
}

/**
 * A fix shows two versions of a function, so it teaches something where the function alone is too
 * simple: it may be simpler by so much.
 */
const COMPLEXITY_OF_A_FIX = 2;

export function createWanted({ minComplexity, minLines, frameworks }: Settings): Wanted {
  const isOfThese = (framework: string | undefined): boolean =>
    frameworks.length === 0 || framework === undefined || frameworks.includes(framework);
  return {
    fragment: ({ lines, framework }) => lines >= minLines && isOfThese(framework),
    isKept: ({ kind, complexity }) => kind !== 'function' || complexity >= minComplexity,
    change: ({ before, lines, complexity, framework }) => {
      const isAddition = before === '';
      const least = isAddition ? minComplexity : minComplexity - COMPLEXITY_OF_A_FIX;
      return (
        complexity >= least &&
        Math.max(lines, before.split('\n').length) >= minLines &&
        isOfThese(framework)
      );
    },
  };
}

/** Functions inside functions repeat their text; what a file adds to the library is bounded by this. */
const MOST_TIMES_ITS_SIZE = 8;

/** Small files may hold a little more, as what describes code has a length of its own. */
const LEAST_BYTES = 4_096;

/** The fragments of a file, in order, without the largest of those that would be too much. */
export function withinBound(
  fragments: readonly Fragment[],
  sizeBytes: number,
): readonly Fragment[] {
  let left = MOST_TIMES_ITS_SIZE * Math.max(sizeBytes, LEAST_BYTES);
  const kept = new Set<Fragment>();
  for (const fragment of fragments.toSorted((a, b) => a.code.length - b.code.length)) {
    left -= fragment.code.length + fragment.template.length;
    if (left < 0) break;
    kept.add(fragment);
  }
  return fragments.filter((fragment) => kept.has(fragment));
}
