/** Turns texts into vectors, away from the calling thread. */
export interface Embedder {
  /** Names the weights and their quantisation; vectors of different models are not comparable. */
  readonly model: string;
  /** Where it runs: `native`, `wasm`, or `none` while no process is ready: a text takes a start. */
  readonly runtime: 'native' | 'wasm' | 'none';
  /**
   * One vector of 384 numbers and length 1 per text, in order. Vectors of one text among different
   * neighbours have a cosine of about 0.998: int8 activations share a range with their batch.
   *
   * @throws AppError `embedder-failed`
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  /** Ends the process that holds the weights; a later `embed` starts another. */
  close(): Promise<void>;
}
