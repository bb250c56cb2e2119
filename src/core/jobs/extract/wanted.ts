import type { Change, Fragment } from '../../model/code.ts';
import type { Config } from '../../model/config.ts';

type Settings = Pick<Config['extraction'], 'minComplexity' | 'minLines' | 'frameworks' | 'tests'>;

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

export function createWanted({ minComplexity, minLines, frameworks, tests }: Settings): Wanted {
  const isOfThese = (framework: string | undefined): boolean =>
    frameworks.length === 0 || framework === undefined || frameworks.includes(framework);
  return {
    fragment: ({ kind, lines, framework }) =>
      lines >= minLines && isOfThese(framework) && (tests || kind !== 'test'),
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
