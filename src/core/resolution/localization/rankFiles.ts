import type { Signal, Signals } from '../../model/resolution/codePointer.ts';
import type { Candidate, SignalTable } from './fileSignals.ts';

/** What each signal of a file is worth. */
export type Weights = Readonly<Partial<Record<Signal, number>>>;

/** Files and their declarations by words alone. */
export const WORDS: Weights = { body: 1, title: 2, names: 1.5 };

/** Files by words, but only to say which of them are compared by meaning. */
export const MEANING: Weights = { ...WORDS, meaning: 12 };

/**
 * All signals. Fitted to 327 fixes of 62 projects in eleven languages, with the message of the commit
 * as the issue, and rounded to quarters; so that issues of other projects tell how good they are.
 * Commits hold no tracebacks: where one ends within the project is the best place to begin to read.
 */
export const HYBRID: Weights = {
  body: 1.75,
  title: 2,
  identifiers: 1.75,
  names: 1,
  path: 1.5,
  comments: 0.25,
  definition: 1.5,
  titleDefinition: 0.5,
  mention: 1,
  basename: 0.75,
  traceback: 3,
  message: 1,
  literal: 0.75,
  tests: 1,
  meaning: 1.5,
};

/** A file with what speaks for it. */
export interface RankedFile extends Candidate {
  /** Sum of `signals`. */
  readonly score: number;
  /** Each times its weight. */
  readonly signals: Signals;
}

/** Those that anything speaks for, best first, ties by path. */
export function rankFiles(
  candidates: readonly Candidate[],
  table: SignalTable,
  weights: Weights,
): readonly RankedFile[] {
  return inOrder(
    candidates
      .map((candidate, at): RankedFile => {
        const signals: Partial<Record<Signal, number>> = {};
        let score = 0;
        for (const [signal, values] of table) {
          const worth = (values[at] ?? 0) * (weights[signal] ?? 0);
          if (worth === 0) continue;
          signals[signal] = worth;
          score += worth;
        }
        return { ...candidate, score, signals };
      })
      .filter(({ score }) => score > 0),
  );
}

/**
 * The same files in the order they have when it counts what some of them mean.
 *
 * @param nearness 0 to 1, by path
 */
export function lookCloser(
  files: readonly RankedFile[],
  nearness: ReadonlyMap<string, number>,
  weight: number,
): readonly RankedFile[] {
  return inOrder(
    files.map((file) => {
      const meaning = (nearness.get(file.path) ?? 0) * weight;
      if (meaning === 0) return file;
      return { ...file, score: file.score + meaning, signals: { ...file.signals, meaning } };
    }),
  );
}

function inOrder(files: readonly RankedFile[]): readonly RankedFile[] {
  return [...files].sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}
