import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../core/model/errors.ts';
import type { Embedder } from '../../core/model/ports/embedder.ts';
import { embeddingText } from '../../core/retrieval/embedder/embeddingText.ts';
import { createQueryVectors } from '../../core/retrieval/embedder/queryVectors.ts';
import { DatabaseAway, type Database } from '../database/database.ts';

/** Texts that are embedded at once: a search waits for no more than these. */
const BATCH = 16;
/** A text that any embedder takes. */
const PLAIN = 'code';
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
    WHERE embedding IS NULL AND (pattern_id || ' ' || asked) <> ALL ($1::text[])
    ORDER BY pattern_id LIMIT $2`,
};

const HAS_SOME = {
  name: 'has_vector',
  text: 'SELECT EXISTS (SELECT 1 FROM pattern_vectors WHERE embedding IS NOT NULL) AS some',
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

  // Texts that the embedder refuses while it takes others, each with the time it was asked for: one that
  // is edited is tried again, and so are all by the next start.
  const refused = new Set<string>();
  let atOnce = BATCH;
  let isFailing = false;
  let hasSome = false;

  async function embedSome(): Promise<number> {
    const waiting = await database.run<Waiting>(WAITING, [[...refused], atOnce]);
    if (waiting.length === 0) return 0;
    const isDoubtful = atOnce < BATCH;
    // Where even this fails, it is not for the text.
    if (isDoubtful) await embedder.embed([PLAIN], stop.signal);
    const texts = waiting.map(({ name, description, code_before, code_after }) =>
      embeddingText({
        ...{ context: '', name, description, details: '', message: '' },
        ...{ code: code_after, before: code_before },
      }),
    );
    let vectors: readonly Float32Array[];
    try {
      vectors = await embedder.embed(texts, stop.signal);
    } catch (error) {
      if (isStopped()) throw error;
      tell(error);
      const [first] = waiting;
      if (isDoubtful && waiting.length === 1 && first !== undefined) {
        refused.add(`${first.id} ${first.asked}`);
        onBug(`pattern ${first.id} is found by words alone: its text cannot be embedded`);
      }
      // One by one, until it is known which of them fails.
      atOnce = 1;
      return waiting.length;
    }
    atOnce = Math.min(BATCH, 2 * atOnce);
    // That one text goes well does not say that the next will.
    if (atOnce === BATCH) isFailing = false;
    await database.run(KEEP, [
      waiting.map(({ id }) => id),
      vectors.map(toText),
      waiting.map(({ asked }) => asked),
    ]);
    return waiting.length;
  }

  /** Of an embedder that does not work the first failure says all. */
  function tell(error: unknown): void {
    const isEmbedder = error instanceof AppError && error.code === 'embedder-failed';
    if (!isEmbedder || !isFailing) onBug(error);
    if (isEmbedder) isFailing = true;
  }

  /** Once there are vectors there will be some. */
  async function isComparable(): Promise<boolean> {
    if (hasSome || work === undefined) return hasSome;
    const [row] = await database.run<{ readonly some: boolean }>(HAS_SOME, []);
    hasSome = row?.some === true;
    return hasSome;
  }

  async function keepEmbedding(): Promise<void> {
    while (!isStopped()) {
      let restMs = 0;
      try {
        restMs = (await embedSome()) === 0 ? LOOK_MS : 0;
      } catch (error) {
        if (!isStopped() && !(error instanceof DatabaseAway)) tell(error);
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
      if (!(await isComparable())) return undefined;
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

function toText(vector: Float32Array): string {
  return `[${vector.join(',')}]`;
}
