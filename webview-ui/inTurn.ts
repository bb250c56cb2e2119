/** Work that is done in turn where it is about the same thing, in the order it was asked for. */
export interface InTurn<Key> {
  /** Rejects as `work` does; what comes after it is done all the same. */
  do(key: Key, work: () => Promise<void>): Promise<void>;
}

/** `onChange` learns what still has work to be done. */
export function createInTurn<Key>(onChange: (waiting: ReadonlySet<Key>) => void): InTurn<Key> {
  const last = new Map<Key, Promise<void>>();
  return {
    async do(key, work) {
      const done = last.get(key)?.then(work, work) ?? work();
      last.set(key, done);
      onChange(new Set(last.keys()));
      try {
        await done;
      } finally {
        if (last.get(key) === done) {
          last.delete(key);
          onChange(new Set(last.keys()));
        }
      }
    },
  };
}
