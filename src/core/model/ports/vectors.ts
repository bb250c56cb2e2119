/** Vectors by the hash of the text they stand for; derived data. */
export interface Vectors {
  /** Number of vectors held. */
  readonly size: number;
  has(textHash: string): boolean;
  get(textHash: string): Float32Array | undefined;
  /** Flushed to disk when it returns. Hashes already held are ignored. */
  add(entries: readonly { readonly textHash: string; readonly vector: Float32Array }[]): void;
  /** Cosines of some texts in their order, within about 0.01; `undefined` without a vector. */
  cosines(query: Float32Array, textHashes: readonly string[]): readonly (number | undefined)[];
  /**
   * The nearest texts among `candidates` (all when absent) by cosine, best first, ties by hash.
   * Scans int8 copies and rescores the best in float.
   */
  nearest(
    query: Float32Array,
    limit: number,
    candidates?: (textHash: string) => boolean,
  ): readonly { readonly textHash: string; readonly cosine: number }[];
}
