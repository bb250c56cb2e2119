/** Time as the parts that wait are given it, so that tests need not. */
export interface Clock {
  /** Milliseconds that only grow. */
  nowMs(): number;
  /**
   * Calls back once; keeps no process alive for it.
   *
   * @returns a function that calls it off
   */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs).unref();
    return () => {
      clearTimeout(timer);
    };
  },
};
