import type { SuccessWeights } from './success.ts';
import type { PatternKind } from '../../model/pattern.ts';
import { outlookOf, relevanceOf, type Candidates, type Evidence } from './relevance.ts';

/** One document that words or meaning brought up. */
export interface Candidate extends Evidence {
  readonly rowId: number;
  /** BM25; 0 where no word matched. */
  readonly score: number;
}

/** A candidate with the parts of its score that depend on the query. */
export interface Ranked {
  readonly rowId: number;
  /** Share of words in the score. */
  readonly words: number;
  /** Share of meaning in the score; `undefined` where a vector is missing. */
  readonly meaning: number | undefined;
  /** The query names it in full. */
  readonly isNamed: boolean;
  readonly relevance: number;
}

/** Weights of the parts of a score; those of words, meaning and value add up to 1. */
export interface Weights {
  readonly words: number;
  readonly meaning: number;
  readonly value: number;
  readonly success: SuccessWeights;
  /**
   * What is added for kinds that were not asked for. A test takes all that words and meaning can
   * give: it stands behind whatever code answers too.
   */
  readonly kinds: Readonly<Partial<Record<PatternKind, number>>>;
  /** What is added for a change that no code of today stands for, and that was not asked for. */
  readonly loneChange: number;
}

/**
 * Words, meaning and kinds: chosen on the scoreboard's tuning halves (`npm run scoreboard`, tables
 * “constants” and “plain questions”). Value decides between answers that are about as near. Success
 * multiplies what words and meaning say: chosen by `npm run simulate`.
 */
export const WEIGHTS: Weights = {
  words: 0.627,
  meaning: 0.313,
  value: 0.03,
  success: { sigmas: 0.75, prior: 1.5, floor: 0.4 },
  kinds: { test: -1, class: -0.07 },
  loneChange: -0.06,
};

/**
 * Candidates by words and meaning, best first, ties in the order given. Either counts as far as it
 * goes: words that are few of those asked for, or a meaning far from the query, do not become much
 * by being the best there is. Where a vector is missing, words speak for both, so that a document is
 * not held back until it is embedded.
 */
export function rankCandidates(
  candidates: Candidates<Candidate>,
  weights: Weights = WEIGHTS,
): readonly Ranked[] {
  const { documents } = candidates;
  const topScore = Math.max(0, ...documents.map(({ score }) => score));
  const topCosine = Math.max(0, ...documents.map(({ cosine }) => cosine ?? 0));
  const outlook = outlookOf(candidates);
  const parts = documents.map(({ rowId, score, fullness, cosine, named }) => {
    const words = weights.words * fullness;
    if (cosine !== undefined) {
      return { rowId, named, words, meaning: weights.meaning * Math.max(0, cosine) };
    }
    const nearness = topScore === 0 ? 0 : (topCosine * score) / topScore;
    return { rowId, named, words: words + weights.meaning * nearness, meaning: undefined };
  });
  const top = Math.max(0, ...parts.map(partOf));
  return parts
    .map(({ named, ...part }) => ({
      ...part,
      isNamed: named === 1,
      relevance: relevanceOf({ nearness: top === 0 ? 0 : partOf(part) / top, named }, outlook),
    }))
    .sort((a, b) => partOf(b) - partOf(a));
}

/** The part of a score that depends on the query. */
export function partOf({ words, meaning }: Pick<Ranked, 'words' | 'meaning'>): number {
  return words + (meaning ?? 0);
}
