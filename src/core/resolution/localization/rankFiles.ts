import type { Signal, Signals } from '../../model/resolution/codePointer.ts';
import type { Candidate, SignalTable } from './fileSignals.ts';

/** What each signal of a file is worth. */
export type Weights = Readonly<Partial<Record<Signal, number>>>;

/** Files and their declarations by words alone. */
export const WORDS: Weights = { body: 1, title: 2, names: 1.5 };

/** Files by words, but only to say which of them are compared by meaning. */
export const MEANING: Weights = { ...WORDS, meaning: 12 };

/**
 * All signals. Chosen by hand on 67 instances of SWE-bench Lite; weights learned from them came out
 * nearly the same, and were no better on instances that chose nothing.
 */
export const HYBRID: Weights = {
  body: 1,
  title: 2,
  identifiers: 1,
  names: 1.5,
  path: 1,
  comments: 0.5,
  definition: 1,
  titleDefinition: 0.5,
  mention: 1,
  basename: 0.5,
  traceback: 0.5,
  message: 1,
  tests: 1,
  functions: 0.5,
  meaning: 1,
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
      .map((candidate, at) =>
        addSignals(
          { ...candidate, score: 0, signals: {} },
          (signal) => {
            return (table.get(signal)?.[at] ?? 0) * (weights[signal] ?? 0);
          },
          table.keys(),
        ),
      )
      .filter(({ score }) => score > 0),
  );
}

/** The same files with what a closer look at some of them found, in their new order. */
export function lookCloser(
  files: readonly RankedFile[],
  found: ReadonlyMap<Signal, ReadonlyMap<string, number>>,
  weights: Weights,
): readonly RankedFile[] {
  return inOrder(
    files.map((file) =>
      addSignals(
        file,
        (signal) => {
          return (found.get(signal)?.get(file.path) ?? 0) * (weights[signal] ?? 0);
        },
        found.keys(),
      ),
    ),
  );
}

function addSignals(
  file: RankedFile,
  worthOf: (signal: Signal) => number,
  signals: Iterable<Signal>,
): RankedFile {
  const added: Partial<Record<Signal, number>> = {};
  let { score } = file;
  for (const signal of signals) {
    const worth = worthOf(signal);
    if (worth === 0) continue;
    added[signal] = worth;
    score += worth;
  }
  return { ...file, score, signals: { ...file.signals, ...added } };
}

function inOrder(files: readonly RankedFile[]): readonly RankedFile[] {
  return [...files].sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
}
