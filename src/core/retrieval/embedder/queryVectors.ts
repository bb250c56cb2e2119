import { AppError } from '../../model/errors.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import type { Vectors } from '../../model/ports/vectors.ts';
import { queryEmbeddingText } from './embeddingText.ts';

/** Vectors of what a person types, for answers that wait for nothing. */
export interface QueryVectors {
  /**
   * The vector of a text where it is known or there in no time; `undefined` otherwise, and
   * `onLate` is called when it has come.
   */
  of(text: string, signal?: AbortSignal): Promise<Float32Array | undefined>;
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
/** After a failure words answer alone for this long: starting a process costs a second of a core. */
const REST_MS = 60_000;

export function createQueryVectors(options: QueryVectorsOptions): QueryVectors {
  const { embedder, vectors, onLate } = options;
  const known = new Map<string, Float32Array>();
  const pending = new Map<string, Promise<Float32Array | undefined>>();
  let rest: NodeJS.Timeout | undefined;

  async function embed(text: string): Promise<Float32Array | undefined> {
    try {
      const [vector] = await embedder.embed([text]);
      if (vector !== undefined) keep(text, vector);
      return vector;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'embedder-failed') throw error;
      rest ??= setTimeout(() => (rest = undefined), REST_MS).unref();
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
    async of(text, signal) {
      if (vectors.size === 0) return undefined;
      const asked = queryEmbeddingText(text);
      const found = known.get(asked);
      if (found !== undefined || rest !== undefined) return found;
      const coming = pending.get(asked) ?? embed(asked);
      if (!known.has(asked)) pending.set(asked, coming);
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
