import type { Following, LineIndex, LinePosition } from './lineIndex.ts';
import { LONGEST_CONTEXT, normaliseLine } from './lineIndex.ts';
import type { LineShapes } from './lineShape.ts';
import { renamedLines, type RenamedLines } from './renamedLines.ts';

/** A line that may come next, with what its chance is told from. */
export interface LineCandidate {
  readonly text: string;
  readonly indent: string;
  readonly indentBefore: string;
  readonly features: Readonly<Record<LineFeature, number>>;
}

/** What the chance of a line is told from; most are 0 or 1. */
export type LineFeature =
  /** It follows so many of the same lines. */
  | 'afterTwo'
  | 'afterThree'
  | 'afterFour'
  | 'afterMore'
  /** Logarithm of the places where it does, and its share of what follows them, 0 to 1. */
  | 'count'
  | 'share'
  /** It follows so many lines of the same file that are built alike, names aside. */
  | 'likeTwo'
  | 'likeThree'
  | 'likeFour'
  /** How many of these are the same to the letter. */
  | 'likeSame'
  | 'likeCount'
  /** Another line follows more of them. */
  | 'likeSecond'
  /** One over the different lines that follow such ones. */
  | 'likeShare'
  /** The first by the same lines is the first by those that are built alike. */
  | 'agreed'
  | 'length'
  /** Share of its names that stand in the lines before. */
  | 'inScope'
  | 'isRepeated';

export interface LinePlace extends LinePosition {
  /** Lines before the one that is meant, blank ones left out, the nearest last. */
  readonly before: readonly string[];
}

const MOST_VOTES = 3;
/** Lines in which names of a line are looked for, and in which it may stand already. */
const SCOPE_LINES = 60;
const REPEATED_LINES = 12;
const LONG_LINE = 60;
const NAMES = /[\p{L}_$@][\p{L}\p{N}_$]*/gu;

/** What may come next, each line once, in no order. */
export function lineCandidates(
  index: LineIndex,
  { before, ...at }: LinePlace,
  accepts: (line: string) => boolean,
  shapeOf: LineShapes,
): readonly LineCandidate[] {
  const context = before.slice(-LONGEST_CONTEXT).map(normaliseLine);
  const following = index.following(context, at, accepts);
  const renamed = renamedLines(
    { lines: index.linesAround(at), context, line: at.line },
    accepts,
    shapeOf,
  );
  const votes = following?.votes.slice(0, MOST_VOTES) ?? [];
  const agreed = Number(votes[0] !== undefined && votes[0].text === renamed.lines[0]?.text);
  const names = new Set(before.slice(-SCOPE_LINES).join('\n').match(NAMES));
  const repeated = new Set(before.slice(-REPEATED_LINES).map(normaliseLine));
  const places = new Map([...renamed.lines, ...votes].map((line) => [line.text, line]));
  return [...places.values()].map(({ text, indent, indentBefore }) => ({
    ...{ text, indent, indentBefore },
    features: {
      ...followingFeatures(text, following),
      ...renamedFeatures(text, renamed),
      agreed,
      length: Math.min(text.length, LONG_LINE) / LONG_LINE,
      inScope: shareIn(names, text),
      isRepeated: Number(repeated.has(text)),
    },
  }));
}

function followingFeatures(text: string, following: Following | undefined) {
  const vote = following?.votes.find((one) => one.text === text);
  const matched = vote === undefined ? 0 : (following?.matched ?? 0);
  const all = following?.votes.reduce((sum, { weight }) => sum + weight, 0) ?? 0;
  return {
    afterTwo: Number(matched === 2),
    afterThree: Number(matched === 3),
    afterFour: Number(matched === 4),
    afterMore: Math.max(0, matched - 4),
    count: Math.log(vote?.count ?? 1),
    share: vote === undefined ? 0 : vote.weight / all,
  };
}

function renamedFeatures(text: string, { lines, found }: RenamedLines) {
  const position = lines.findIndex((one) => one.text === text);
  const { matched = 0, same = 0, count = 1 } = lines[position] ?? {};
  return {
    likeTwo: Number(matched === 2),
    likeThree: Number(matched === 3),
    likeFour: Number(matched >= 4),
    likeSame: same,
    likeCount: Math.log(count),
    likeSecond: Number(position > 0),
    likeShare: position === -1 ? 0 : 1 / found,
  };
}

function shareIn(names: ReadonlySet<string>, text: string): number {
  const own = text.match(NAMES) ?? [];
  return own.length === 0 ? 1 : own.filter((name) => names.has(name)).length / own.length;
}
