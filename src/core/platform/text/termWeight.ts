/** Never negative. Source: Robertson and Zaragoza 2009, with the 1 + of Lucene. */
export function inverseDocumentFrequency(documents: number, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5));
}

/** By what the count of a term in a field of this length is multiplied. */
export function lengthNorm(length: number, averageLength: number, lengthWeight: number): number {
  return 1 / (1 - lengthWeight + lengthWeight * (averageLength === 0 ? 1 : length / averageLength));
}

/** What a term adds to the score of a field before its idf; below `k1 + 1`. */
export function saturate(normedCount: number, k1: number): number {
  return (normedCount * (k1 + 1)) / (normedCount + k1);
}
