import { chanceBy, type Logistic } from '../logistic.ts';
import {
  lineCandidates,
  type LineCandidate,
  type LineFeature,
  type LinePlace,
} from './lineCandidates.ts';
import { normaliseLine, type LineIndex } from './lineIndex.ts';
import type { LineShapes } from './lineShape.ts';

/** One line to be suggested, with the indentation it has where it was seen. */
export interface NextLine {
  readonly text: string;
  readonly indent: string;
  readonly indentBefore: string;
  /** 0 to 1, of this line alone where those before it are right. */
  readonly chance: number;
}

export interface TypedPlace {
  readonly path: string;
  /** Lines before the cursor, the nearest last; blank ones count as not there. */
  readonly before: readonly string[];
  /** What of the line is typed already. */
  readonly typed: string;
  /** The next line that is not blank below the cursor; empty at the end. */
  readonly below: string;
  /** Of the cursor, from 0. */
  readonly line: number;
}

export const MOST_LINES = 6;

/** A further line is added while all of them together are about as likely as not. */
const LEAST_TOGETHER = 0.5;
/** Shorter lines, such as one bracket, are worth no suggestion of their own. */
const FEWEST_CHARACTERS = 8;

/** Fitted by `npm run scoreboard -- --only suggest`; see docs/benchmarks.md. */
export const LINE_MODEL: Logistic<LineFeature> = {
  intercept: -3.35,
  afterTwo: 0.13,
  afterThree: 0.35,
  afterFour: 0.35,
  afterMore: 0.59,
  count: 0.15,
  share: 2.38,
  likeTwo: 0.65,
  likeThree: 0.69,
  likeFour: 1.21,
  likeSame: -0.16,
  likeCount: 0.51,
  likeSecond: -0.92,
  likeShare: 1.54,
  agreed: -0.4,
  length: -1.39,
  inScope: 0.8,
  isRepeated: 0.49,
};

/** The lines that most likely come next, up to `MOST_LINES`; empty where nothing is known. */
export function nextLines(
  index: LineIndex,
  place: TypedPlace,
  shapeOf: LineShapes,
  model: Logistic<LineFeature> = LINE_MODEL,
): readonly NextLine[] {
  const typed = normaliseLine(place.typed);
  const below = normaliseLine(place.below);
  const { before, ...at } = withoutBlankLines(place);
  const written = [...before];
  const lines: NextLine[] = [];
  let together = 1;
  while (lines.length < MOST_LINES) {
    const isFirst = lines.length === 0;
    const accepts = (line: string): boolean =>
      !isFirst || (line.startsWith(typed) && line.length >= FEWEST_CHARACTERS);
    const best = likeliest(
      lineCandidates(index, { ...at, before: written }, accepts, shapeOf),
      model,
    );
    if (best === undefined || best.text === below) break;
    together *= best.chance;
    if (!isFirst && together < LEAST_TOGETHER) break;
    lines.push(best);
    written.push(best.text);
  }
  return lines;
}

/** A place as candidates are looked for there: blank lines say nothing. */
export function withoutBlankLines({
  path,
  before,
  line,
}: Pick<TypedPlace, 'path' | 'before' | 'line'>): LinePlace {
  const last = before.findLastIndex((one) => one.trim() !== '');
  return {
    path,
    before: before.filter((one) => one.trim() !== ''),
    line: line - before.length + last,
  };
}

function likeliest(
  candidates: readonly LineCandidate[],
  model: Logistic<LineFeature>,
): NextLine | undefined {
  let best: NextLine | undefined;
  for (const { text, indent, indentBefore, features } of candidates) {
    const chance = chanceBy(model, features);
    if (best === undefined || chance > best.chance) best = { text, indent, indentBefore, chance };
  }
  return best;
}
