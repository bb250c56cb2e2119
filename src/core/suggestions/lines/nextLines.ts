import { chanceBy, type Logistic } from '../logistic.ts';
import { LONGEST_CONTEXT, normaliseLine, type Following, type LineIndex } from './lineIndex.ts';

/** One line to be suggested, with the indentation it has where it was seen. */
export interface NextLine {
  readonly text: string;
  readonly indent: string;
  readonly indentBefore: string;
  /** 0 to 1, of this line alone where those before it are right. */
  readonly chance: number;
}

export interface LinePlace {
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

export type LineFeature =
  'two' | 'three' | 'four' | 'more' | 'count' | 'share' | 'inSameFile' | 'length';

/** Fitted by `npm run scoreboard -- --only suggest`; see docs/benchmarks.md. */
export const LINE_MODEL: Logistic<LineFeature> = {
  intercept: -3.48,
  two: 0.48,
  three: 0.49,
  four: 0.98,
  more: 0.7,
  count: 0.33,
  share: 3.08,
  inSameFile: 1.03,
  length: -1.21,
};

/** The lines that most likely come next, up to `MOST_LINES`; empty where nothing is known. */
export function nextLines(
  index: LineIndex,
  place: LinePlace,
  model: Logistic<LineFeature> = LINE_MODEL,
): readonly NextLine[] {
  const typed = normaliseLine(place.typed);
  const below = normaliseLine(place.below);
  const context = place.before.filter((line) => line.trim() !== '').slice(-LONGEST_CONTEXT);
  const last = place.before.findLastIndex((line) => line.trim() !== '');
  const at = { path: place.path, line: place.line - place.before.length + last };
  const lines: NextLine[] = [];
  let together = 1;
  while (lines.length < MOST_LINES) {
    const isFirst = lines.length === 0;
    const following = index.following(context, at, (line) =>
      isFirst ? line.startsWith(typed) && line.length >= FEWEST_CHARACTERS : true,
    );
    const best = following?.votes[0];
    if (following === undefined || best === undefined || best.text === below) break;
    const chance = chanceBy(model, lineFeatures(following));
    together *= chance;
    if (!isFirst && together < LEAST_TOGETHER) break;
    lines.push({ ...best, chance });
    context.push(best.text);
    if (context.length > LONGEST_CONTEXT) context.shift();
  }
  return lines;
}

/** What the chance of the line with the most votes is told from. */
export function lineFeatures({ matched, votes }: Following): Readonly<Record<LineFeature, number>> {
  const all = votes.reduce((sum, { weight }) => sum + weight, 0);
  const [best] = votes;
  return {
    two: Number(matched === 2),
    three: Number(matched === 3),
    four: Number(matched === 4),
    more: Math.max(0, matched - 4),
    count: Math.log(best?.count ?? 1),
    share: (best?.weight ?? 0) / all,
    inSameFile: Number(best?.inSameFile ?? false),
    length: Math.min(best?.text.length ?? 0, 60) / 60,
  };
}
