import type { FilePatch } from '../../model/trial/patch.ts';
import { editDistance } from '../../platform/text/editDistance.ts';

/** Names of tests by what a patch should make of them. */
export interface WantedTests {
  /** Fail before it and pass after it. */
  readonly failToPass: readonly string[];
  /** Pass before it and after it. */
  readonly passToPass: readonly string[];
}

/**
 * Share of the gold tests that pass with a patch: (share of those that are to pass from now on) × (share
 * of those that are to pass as before), from 0 to 1. It is 1 for what benchmarks call resolved and 0
 * where no test of the issue passes: a mean would reward doing nothing, because most tests pass anyway.
 *
 * Blind spots: tests let through what they do not look at, and gold tests may ask for a name or a
 * message that the issue does not tell. A test that does not run at all is to be given as failed.
 *
 * @param passed names of the tests that pass with the patch
 * @returns `undefined` where no test is to pass from now on
 */
export function passRate(
  { failToPass, passToPass }: WantedTests,
  passed: ReadonlySet<string>,
): number | undefined {
  if (failToPass.length === 0) return undefined;
  return shareOf(failToPass, passed) * (passToPass.length === 0 ? 1 : shareOf(passToPass, passed));
}

function shareOf(names: readonly string[], passed: ReadonlySet<string>): number {
  return names.filter((name) => passed.has(name)).length / names.length;
}

/** Longer changes of a file are compared by their beginning: comparing takes time by the product of lengths. */
const MOST_CHARACTERS = 20_000;

/**
 * 1 − the sum over files of Levenshtein's distance / the sum over files of the length of the longer one,
 * of the lines that two patches take out and put in of each file, from 0 to 1. The same line in another
 * file is nothing alike. Lines of context are left out: between changes that have nothing to do with
 * each other they make up most of what is alike.
 *
 * Blind spots: another way to write the same is unlike, and one wrong sign in a long line is alike. Where
 * in its file a line goes is not seen. Changes of unrelated issues in one file are about 0.16 alike, so
 * that small values say nothing.
 */
export function textSimilarity(one: readonly FilePatch[], other: readonly FilePatch[]): number {
  const [a, b] = [changedTexts(one), changedTexts(other)];
  let [apart, all] = [0, 0];
  for (const path of new Set([...a.keys(), ...b.keys()])) {
    const [from, to] = [a.get(path) ?? '', b.get(path) ?? ''];
    apart += editDistance(from, to);
    all += Math.max(from.length, to.length);
  }
  return all === 0 ? 1 : 1 - apart / all;
}

/** The changed lines of each file with their marks, by its path. */
function changedTexts(files: readonly FilePatch[]): ReadonlyMap<string, string> {
  return new Map(
    files.map(({ path, hunks }) => {
      const changed = hunks
        .flatMap(({ lines }) => lines)
        .filter((line) => line.startsWith('-') || line.startsWith('+'));
      return [path, changed.join('\n').slice(0, MOST_CHARACTERS)];
    }),
  );
}

/** How often each node of the syntax tree of a file occurs, by what tells nodes apart. */
export type NodeCounts = ReadonlyMap<string, number>;

/** One file as a set of nodes, before and after two changes of it. */
export interface TreesOfFile {
  readonly before: NodeCounts;
  readonly one: NodeCounts;
  readonly other: NodeCounts;
}

/**
 * How alike two changes are as edits of syntax trees: 2 |A ∩ B| / (|A| + |B|), from 0 to 1, where A and
 * B are the multisets of nodes that each change takes out and puts in. Layout and comments, which are
 * no nodes, do not count; nor does what the changes leave alone.
 *
 * Blind spots: it is a bag of nodes. Where in the file a node goes, and in which order statements stand,
 * is not seen beyond what is directly around it, so that a condition moved from one branch to another
 * is nearly like none. Different code with the same effect is unlike.
 *
 * @returns `undefined` where neither change touches a node
 */
export function editSimilarity(files: readonly TreesOfFile[]): number | undefined {
  let shared = 0;
  let all = 0;
  for (const { before, one, other } of files) {
    for (const node of new Set([...before.keys(), ...one.keys(), ...other.keys()])) {
      const base = before.get(node) ?? 0;
      const [a, b] = [(one.get(node) ?? 0) - base, (other.get(node) ?? 0) - base];
      all += Math.abs(a) + Math.abs(b);
      if (a * b > 0) shared += Math.min(Math.abs(a), Math.abs(b));
    }
  }
  return all === 0 ? undefined : (2 * shared) / all;
}

/** Lines of files that tests ran, and lines they could have run, counted from 0. */
export interface CoveredFile {
  readonly covered: ReadonlySet<number>;
  readonly uncovered: ReadonlySet<number>;
}

/**
 * Share of the lines that a patch puts in that tests ran, from 0 to 1, of those that can be run at all.
 *
 * Blind spots: a line that ran need not have been checked. A patch that only takes lines out, or
 * changes what is never run (declarations, comments), has no value. Covered lines are lines of the file
 * after the patch: a report of other code is worth nothing.
 *
 * @param coverage by path, of a run with the patch
 * @returns `undefined` where no line that is put in can be run, as far as the report says
 */
export function coverageOfChange(
  patch: readonly FilePatch[],
  coverage: ReadonlyMap<string, CoveredFile>,
): number | undefined {
  let [covered, all] = [0, 0];
  for (const file of patch) {
    const lines = coverage.get(file.path);
    if (lines === undefined) continue;
    for (const line of linesPutIn(file)) {
      if (lines.covered.has(line)) covered += 1;
      if (lines.covered.has(line) || lines.uncovered.has(line)) all += 1;
    }
  }
  return all === 0 ? undefined : covered / all;
}

/** Of the file after the change, counted from 0. */
function linesPutIn({ hunks }: FilePatch): readonly number[] {
  return hunks.flatMap(({ newStart, lines }) => {
    let line = newStart - 1;
    return lines.flatMap((text) => {
      if (text.startsWith('+')) return [line++];
      if (text.startsWith(' ') || text === '') line += 1;
      return [];
    });
  });
}
