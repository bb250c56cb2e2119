/** What is known of how well a document answers a query; each 0 to 1. */
export interface Evidence {
  /** Share of the query's words it holds, each by its rarity. */
  readonly coverage: number;
  /** 1 where the query names it, less when misspelled, else 0. */
  readonly named: number;
  /** Of the vectors; `undefined` where either is missing. */
  readonly cosine: number | undefined;
}

/** The most that any candidate of a query reaches. */
export interface Best {
  /** See `coverageOf`. */
  readonly coverage: number;
  /** `undefined` where no vector took part. */
  readonly cosine: number | undefined;
}

/** What the log odds of an answer are made of. */
export interface Logistic {
  readonly intercept: number;
  readonly coverage: number;
  readonly cosine: number;
}

/**
 * Whether a library answers a query at all, by the best of what is found for it: fitted on the
 * scoreboard's plain questions, those that a repository answers against those it does not, by words
 * alone and with meaning, for people who ask five of the first for two of the second.
 * Made by `npm run scoreboard`, table “relevance”.
 */
export const RELEVANCE: { readonly words: Logistic; readonly both: Logistic } = {
  words: { intercept: -1.47, coverage: 7.22, cosine: 0 },
  both: { intercept: -3.13, coverage: 5.27, cosine: 7.18 },
};

/** Log odds that no answer exceeds, 90 %: words and meaning never make certain. */
const MOST = 2.2;
/**
 * Log odds that a document loses whose score is nothing beside the best one; a document a little
 * behind loses next to none, because the right answer is often the third or fifth.
 */
const APART = 3;

/**
 * The chance that a document answers the query, 0 to 1; comparable between queries, and within one
 * in the order of the scores.
 *
 * @param nearness score of the document beside that of the best one, 0 to 1
 */
export function relevanceOf(nearness: number, best: Best): number {
  const { intercept, ...model } = best.cosine === undefined ? RELEVANCE.words : RELEVANCE.both;
  const cosine = Math.max(0, best.cosine ?? 0);
  const logit = intercept + model.coverage * best.coverage + model.cosine * cosine;
  return 1 / (1 + Math.exp(APART * (1 - nearness) ** 2 - Math.min(MOST, logit)));
}

export function bestOf(candidates: readonly Evidence[]): Best {
  let coverage = 0;
  let cosine: number | undefined;
  for (const candidate of candidates) {
    coverage = Math.max(coverage, coverageOf(candidate));
    if (candidate.cosine !== undefined) cosine = Math.max(cosine ?? 0, candidate.cosine);
  }
  return { coverage, cosine };
}

/** What names a document in full asks for nothing else, though it may hold few of its words. */
function coverageOf({ coverage, named }: Evidence): number {
  return Math.max(coverage, named);
}
