/** Texts that go through the model at once; `indexes` says which of the job they are. */
export interface Batch {
  readonly indexes: readonly number[];
  readonly tokens: readonly (readonly number[])[];
}

/**
 * Sorts by length, so that a batch has little padding; the longest come first. A batch has at most
 * `batchTokens` tokens, padding included, or one text.
 */
export function createBatches(texts: readonly (readonly number[])[], batchTokens: number): Batch[] {
  const sorted = texts
    .map((tokens, index) => ({ tokens, index }))
    .sort((a, b) => b.tokens.length - a.tokens.length || a.index - b.index);
  const batches: Batch[] = [];
  for (let start = 0; start < sorted.length;) {
    const longest = sorted[start]?.tokens.length ?? 1;
    const size = Math.max(1, Math.floor(batchTokens / longest));
    const part = sorted.slice(start, start + size);
    batches.push({
      indexes: part.map(({ index }) => index),
      tokens: part.map(({ tokens }) => tokens),
    });
    start += size;
  }
  return batches;
}
