import type { Candidate } from './fileSignals.ts';
import { identifiersIn, type RecordedDeclaration } from './fileRecord.ts';
import type { Issue } from './issue.ts';
import { toShares } from './termScores.ts';

/** What a test that an issue names does. */
export interface NamedTest {
  readonly path: string;
  readonly text: string;
  /** What the file declares. */
  readonly declarations: readonly RecordedDeclaration[];
}

/** Tests whose files are read because of one issue. */
const MOST_TESTS = 5;

/** Paths of tests that the issue names, or that its tracebacks pass through. */
export function namedTestPaths(issue: Issue, tests: readonly string[]): readonly string[] {
  const named = [...issue.paths, ...issue.frames.map(({ path }) => path)].map((parts) =>
    parts.join('/'),
  );
  return tests
    .filter(
      (test) =>
        named.some((path) => path !== '' && `/${test}`.endsWith(`/${path}`)) ||
        named.some((path) => path.endsWith(`/${test}`)),
    )
    .slice(0, MOST_TESTS);
}

/** A name that more files declare says nothing of where it is from. */
const MOST_DECLARING = 5;

/**
 * How much each candidate is used by the tests: by the rarest of its declared names that they hold,
 * 0 to 1. Of a file whose tests the issue names, only those count.
 */
export function usedByTests(
  { codeWords, frames }: Issue,
  tests: readonly NamedTest[],
  candidates: readonly Candidate[],
): Float64Array {
  const failing = new Set([...codeWords.keys(), ...frames.map(({ symbol }) => symbol)]);
  const used = new Set(
    tests.flatMap(({ text, declarations }) => {
      const asked = declarations.filter(({ kind, name }) => kind !== 'class' && failing.has(name));
      if (asked.length === 0) return identifiersIn(text);
      const lines = text.split('\n');
      return asked.flatMap(({ lines: [first, last] }) =>
        identifiersIn(lines.slice(first, last + 1).join('\n')),
      );
    }),
  );
  const declaring = new Map<string, Set<number>>();
  for (const [at, { record }] of candidates.entries()) {
    for (const { name } of record.declarations) {
      if (!used.has(name)) continue;
      const files = declaring.get(name) ?? new Set();
      declaring.set(name, files.add(at));
    }
  }
  const scores = new Float64Array(candidates.length);
  for (const files of declaring.values()) {
    if (files.size > MOST_DECLARING) continue;
    const worth = Math.log(1 + candidates.length / files.size) / files.size;
    for (const at of files) scores[at] = Math.max(scores[at] ?? 0, worth);
  }
  return toShares(scores);
}
