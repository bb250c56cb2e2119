/** What is known of how well a document answers a query; each 0 to 1. */
export interface Evidence {
  /** BM25 beside that of a document full of every word of the query. */
  readonly fullness: number;
  /** Share of the query's words it holds, each by its rarity. */
  readonly coverage: number;
  /** 1 where the query names it, less when misspelled, else 0. */
  readonly named: number;
  /** Of the vectors; `undefined` where either is missing. */
  readonly cosine: number | undefined;
}

export interface Logistic {
  readonly intercept: number;
  readonly fullness: number;
  readonly coverage: number;
  readonly named: number;
  readonly cosine: number;
}

/**
 * Fitted on the scoreboard's tuning half: right answers among the first ten against the first ten
 * answers to queries that have nothing to do with the library. The intercept is then moved so that
 * 1 % of the right answers fall below 0.6.
 * Made by `npm run scoreboard`, table “constants”.
 */
export const RELEVANCE: { readonly words: Logistic; readonly both: Logistic } = {
  words: { intercept: -1.08, fullness: 3.96, coverage: 9.12, named: 2.87, cosine: 0 },
  both: { intercept: -2.88, fullness: 3.03, coverage: 7.47, named: 2.52, cosine: 7.79 },
};

/** How sure it is that a document has to do with the query, 0 to 1; comparable between queries. */
export function relevanceOf(evidence: Evidence): number {
  const model = evidence.cosine === undefined ? RELEVANCE.words : RELEVANCE.both;
  const logit =
    model.intercept +
    model.fullness * evidence.fullness +
    model.coverage * coverageOf(evidence) +
    model.named * evidence.named +
    model.cosine * Math.max(0, evidence.cosine ?? 0);
  return 1 / (1 + Math.exp(-logit));
}

/** What names a document in full asks for nothing else, though it may hold few of its words. */
export function coverageOf({ coverage, named }: Evidence): number {
  return Math.max(coverage, named);
}
