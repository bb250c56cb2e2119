import { groupBy } from '../../platform/groupBy.ts';
import type { RecordedDeclaration, TermCounts } from './fileRecord.ts';
import type { Issue } from './issue.ts';
import { FADING, type ProjectFrame } from './mentions.ts';
import type { RankedFile } from './rankFiles.ts';
import { toShares } from './termScores.ts';

/** A function or class, or some lines of a file that no grammar reads, while it is compared. */
export interface Stretch {
  readonly path: string;
  readonly declaration: RecordedDeclaration | undefined;
  /** First and last line, counted from 0. */
  readonly lines: readonly [first: number, last: number];
  readonly text: string;
  readonly file: RankedFile;
  /** Of the file, from 1. */
  readonly rank: number;
}

/** How much the issue names it. */
export function namedIn({ codeWords }: Issue, { declaration }: Stretch): number {
  return declaration === undefined ? 0 : (codeWords.get(declaration.name) ?? 0);
}

const CONSTRUCTORS: ReadonlySet<string> = new Set([
  '__init__',
  '__new__',
  'constructor',
  'initialize',
  '__construct',
  'init',
  'new',
]);
/** Of a method; who names a class calls its constructor. */
const CLASS_OF_METHOD = 0.5;

/** Whether the issue names the class it is in. */
export function classShare({ codeWords }: Issue, { declaration }: Stretch): number {
  if (declaration === undefined) return 0;
  const around = declaration.qualifiedName.split('.').slice(0, -1);
  if (!around.some((name) => codeWords.has(name))) return 0;
  const isConstructor = CONSTRUCTORS.has(declaration.name) || declaration.name === around.at(-1);
  return isConstructor ? 1 : CLASS_OF_METHOD;
}

/**
 * Within the file of a frame by name where the frame tells one, else by line.
 *
 * @param frames those that pass through the ranked files, which they tell by rank - 1
 */
export function tracebackOf(
  frames: readonly ProjectFrame[],
  { rank, declaration, lines }: Stretch,
): number {
  const at = frames.findLastIndex(({ frame, files }) => {
    if (!files.includes(rank - 1)) return false;
    if (frame.symbol !== undefined) return frame.symbol === declaration?.name;
    return frame.line !== undefined && frame.line > lines[0] && frame.line <= lines[1] + 1;
  });
  return at === -1 ? 0 : FADING ** (frames.length - 1 - at);
}

/** A name that more functions have does not say which of them is called. */
const MOST_OF_A_NAME = 4;

/**
 * Whether a function that the issue names uses this one: who names `convert` has often met what
 * `convert` leaves to others. By name alone, shared among those of one name.
 */
export function calledByNamed(
  issue: Issue,
  stretches: readonly Stretch[],
  identifiers: readonly TermCounts[],
): Float64Array {
  const byName = groupBy([...stretches.keys()], (at) => stretches[at]?.declaration?.name ?? '');
  const named = toShares(Float64Array.from(stretches, (one) => namedIn(issue, one)));
  const called = new Float64Array(stretches.length);
  for (const [caller, worth] of named.entries()) {
    if (worth === 0) continue;
    const used = (identifiers[caller]?.terms ?? []).map((name) => byName.get(name) ?? []);
    for (const found of used.filter(({ length }) => length <= MOST_OF_A_NAME)) {
      const share = worth / found.length;
      for (const at of found) {
        if (at !== caller) called[at] = Math.max(called[at] ?? 0, share);
      }
    }
  }
  return called;
}

/** Longer ones are as likely as this. */
const LONG = 200;

/** More code has more mistakes; BM25 takes the length of a text for chatter. */
export function lengthShare([first, last]: Stretch['lines']): number {
  return Math.min(1, Math.log(1 + last - first) / Math.log(LONG));
}

/** By its name meant for the code around it: that does the work of what an issue names. */
export function isInner(declaration: RecordedDeclaration | undefined): boolean {
  return /^(?:_[^_]|#)/.test(declaration?.name ?? '');
}
