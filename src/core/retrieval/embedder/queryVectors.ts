import { AppError } from '../../model/errors.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import type { Vectors } from '../../model/ports/vectors.ts';
import { queryEmbeddingText } from './embeddingText.ts';

/** Vectors of what a person asks. */
export interface QueryVectors {
  /** `undefined` where meaning cannot join, and where it would come too late. */
  of(text: string, waiting?: Waiting): Promise<Float32Array | undefined>;
}

export interface Waiting {
  /** Not to wait for longer than nobody notices; `onLate` is called when the vector has come. */
  readonly atOnce?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface QueryVectorsOptions {
  readonly embedder: Embedder;
  readonly vectors: Pick<Vectors, 'size'>;
  /** A vector that somebody went without is there now. */
  readonly onLate: () => void;
}

/** A ready process takes 5 to 20 ms for a line, and longer only while it has other work. */
const WAIT_MS = 80;
/** Texts whose vectors are kept, 1.5 KB each. */
const KEPT = 64;

export function createQueryVectors(options: QueryVectorsOptions): QueryVectors {
  const { embedder, vectors, onLate } = options;
  const known = new Map<string, Float32Array>();
  const pending = new Map<string, Promise<Float32Array | undefined>>();

  async function embed(text: string): Promise<Float32Array | undefined> {
    try {
      const [vector] = await embedder.embed([text]);
      if (vector !== undefined) keep(text, vector);
      return vector;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'embedder-failed') throw error;
      return undefined;
    } finally {
      pending.delete(text);
    }
  }

  function keep(text: string, vector: Float32Array): void {
    known.set(text, vector);
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
  }

  return {
    async of(text, { atOnce = false, signal } = {}) {
      if (vectors.size === 0) return undefined;
      const asked = queryEmbeddingText(text);
      const found = known.get(asked);
      if (found !== undefined) return found;
      const coming = pending.get(asked) ?? embed(asked);
      if (!known.has(asked)) pending.set(asked, coming);
      if (!atOnce) return unlessStopped(coming, signal);
      const vector = embedder.runtime === 'none' ? undefined : await within(coming, WAIT_MS);
      if (vector === undefined) {
        coming.then(
          (late) => {
            if (late !== undefined && signal?.aborted !== true) onLate();
          },
          // Whoever asks for the same text again hears of it.
          () => undefined,
        );
      }
      return vector;
    },
  };
}

/** @throws the signal's reason when it aborts first */
async function unlessStopped<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  const stopped = new AbortController();
  const stop = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true, signal: stopped.signal });
  });
  try {
    return await Promise.race([promise, stop]);
  } finally {
    stopped.abort();
    promise.catch(() => undefined);
  }
}

/** What a promise gives, or `undefined` after `waitMs`. */
function within<Value>(promise: Promise<Value>, waitMs: number): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      resolve(undefined);
    }, waitMs);
    promise
      .finally(() => {
        clearTimeout(timer);
      })
      .then(resolve, reject);
  });
}
