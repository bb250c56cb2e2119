import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../core/model/errors.ts';
import type { Embedder } from '../../core/model/ports/embedder.ts';
import { embeddingText } from '../../core/retrieval/embedder/embeddingText.ts';
import { createQueryVectors } from '../../core/retrieval/embedder/queryVectors.ts';
import { DatabaseAway, type Database } from '../database/database.ts';

/** Texts that are embedded at once: a search waits for no more than these. */
const BATCH = 16;
/** How often it is looked whether there is something new. */
const LOOK_MS = 1_000;
/** After a failure. */
const REST_MS = 5_000;

/** What patterns and questions mean, as vectors of one model, which the server makes itself. */
export interface Meaning {
  /** Begins to embed what waits, in the background. */
  start(): void;
  /** As the extension `vector` reads it; `undefined` where there are no vectors to compare it with. */
  readonly vectorOf: (text: string) => Promise<string | undefined>;
  close(): Promise<void>;
}

interface Waiting {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly code_before: string;
  readonly code_after: string;
  readonly asked: string;
}

const WAITING = {
  name: 'without_vector',
  text: `SELECT id, name, description, left(code_before, 20000) AS code_before,
      left(code_after, 20000) AS code_after, asked::text AS asked
    FROM pattern_vectors JOIN patterns ON id = pattern_id
    WHERE embedding IS NULL ORDER BY pattern_id LIMIT ${BATCH}`,
};

const KEEP = {
  name: 'keep_vectors',
  text: `UPDATE pattern_vectors AS kept SET embedding = made.embedding::vector
    FROM unnest($1::uuid[], $2::text[], $3::xid8[]) AS made (id, embedding, asked)
    WHERE kept.pattern_id = made.id AND kept.asked = made.asked`,
};

export function createMeaning(
  database: Database,
  embedder: Embedder,
  onBug: (error: unknown) => void,
): Meaning {
  const stop = new AbortController();
  const isStopped = (): boolean => stop.signal.aborted;
  let work: Promise<void> | undefined;
  // Nobody is told of what comes late: a search waits for its vector.
  const queries = createQueryVectors({ embedder, vectors: { size: 1 }, onLate: () => undefined });

  async function embedSome(): Promise<number> {
    const waiting = await database.run<Waiting>(WAITING, []);
    if (waiting.length === 0) return 0;
    const texts = waiting.map(({ name, description, code_before, code_after }) =>
      embeddingText({
        ...{ context: '', name, description, details: '', message: '' },
        ...{ code: code_after, before: code_before },
      }),
    );
    const vectors = await embedder.embed(texts, stop.signal);
    await database.run(KEEP, [
      waiting.map(({ id }) => id),
      vectors.map(toText),
      waiting.map(({ asked }) => asked),
    ]);
    return waiting.length;
  }

  async function keepEmbedding(): Promise<void> {
    while (!isStopped()) {
      let restMs = 0;
      try {
        restMs = (await embedSome()) === 0 ? LOOK_MS : 0;
      } catch (error) {
        if (!isPassing(error) && !isStopped()) onBug(error);
        restMs = REST_MS;
      }
      await delay(restMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  }

  return {
    start: () => {
      work ??= keepEmbedding();
    },
    vectorOf: async (text) => {
      if (work === undefined) return undefined;
      // Ended, the embedder refuses what it still owes.
      const vector = await queries.of(text);
      return vector && toText(vector);
    },
    async close() {
      stop.abort();
      await work;
      await embedder.close();
    },
  };
}

/** The database may come back, and so may the process that embeds. */
function isPassing(error: unknown): boolean {
  const isEmbedder = error instanceof AppError && error.code === 'embedder-failed';
  return isEmbedder || error instanceof DatabaseAway;
}

function toText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
