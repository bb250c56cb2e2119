/** Settings of BM25 over a name and a body. */
export interface Bm25 {
  /** How soon repetition stops counting. */
  readonly k1: number;
  /** How much the length of each field counts, 0 to 1. */
  readonly nameLengthWeight: number;
  readonly bodyLengthWeight: number;
  /** Worth of an occurrence in the name; one in the body is worth 1. */
  readonly nameWeight: number;
}

/** Chosen on the scoreboard's tuning half: `npm run scoreboard`, table “constants”. */
export const BM25: Bm25 = {
  k1: 1.2,
  nameLengthWeight: 0.5,
  bodyLengthWeight: 0.75,
  nameWeight: 4,
};

/** Never negative. Source: Robertson and Zaragoza 2009, with the 1 + of Lucene. */
export function inverseDocumentFrequency(documents: number, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** By what the count of a term in a field of this length is multiplied. */
export function lengthNorm(length: number, averageLength: number, weight: number): number {
  return 1 / (1 - weight + weight * (averageLength === 0 ? 1 : length / averageLength));
}

/**
 * What a term adds to a document's score before its idf; below `k1 + 1`.
 * Source: BM25F, Zaragoza et al., TREC 2004: fields are added up before they saturate.
 */
export function saturate(weightedCount: number, k1: number): number {
  return (weightedCount * (k1 + 1)) / (weightedCount + k1);
}
