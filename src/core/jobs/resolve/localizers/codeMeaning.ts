import type { Watch } from '../../../model/api/watch.ts';
import { AppError } from '../../../model/errors.ts';
import type { Embedder } from '../../../model/ports/embedder.ts';
import { openVectors, type VectorStore } from '../../../library/vectors/vectors.ts';
import type { FileRecord } from '../../../resolution/localization/fileRecord.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import {
  declarationMeanings,
  issueMeaning,
} from '../../../resolution/localization/meaningTexts.ts';
import { textHash } from '../../../retrieval/embedder/embeddingText.ts';

/** Compares what an issue means with what files say they do. */
export interface CodeMeaning {
  /** Names the weights. */
  readonly model: string;
  /**
   * How near the nearest declaration of each file is to the issue, from 0 for the farthest file to 1
   * for the nearest one, by path; nothing where meaning cannot be compared.
   *
   * @param atOnce files whose vectors are not there yet are left out, and embedded for the next time
   */
  nearness(
    issue: Issue,
    files: readonly Described[],
    options: Nearness,
  ): Promise<ReadonlyMap<string, number>>;
  /**
   * How like each text is to what is asked: the cosine of their vectors, -1 to 1, in the order of the
   * texts; `undefined` where meaning cannot be compared. Nothing of it is kept.
   */
  cosines(
    asked: string,
    texts: readonly string[],
    watch: Watch,
  ): Promise<readonly number[] | undefined>;
  close(): Promise<void>;
}

export interface Described {
  readonly path: string;
  readonly record: FileRecord;
}

export interface Nearness extends Watch {
  readonly atOnce?: boolean | undefined;
}

export interface CodeMeaningParts {
  /** Holds the vectors; they can be made anew. */
  readonly folder: string;
  readonly assetsDir: string;
  /** Of code, which nobody waits for where it is asked at once. */
  readonly embedder: Embedder;
  /** Of the text of an issue. */
  readonly queryEmbedder: Embedder;
}

/** Texts that are embedded and kept together. */
const BATCH_TEXTS = 128;
/** Some 2 KB each: what a dozen repositories take. */
const MOST_VECTORS = 100_000;

export function openCodeMeaning(parts: CodeMeaningParts): CodeMeaning {
  const { folder, assetsDir, embedder, queryEmbedder } = parts;
  const stop = new AbortController();
  let opened: VectorStore | undefined;
  let background: Promise<void> = Promise.resolve();
  const vectors = (): VectorStore => {
    opened ??= openVectors({ folder, assetsDir, model: embedder.model });
    opened.refresh();
    return opened;
  };

  async function embed(texts: ReadonlyMap<string, string>, watch: Watch): Promise<void> {
    const held = vectors();
    const missing = [...texts].filter(([hash]) => !held.has(hash));
    if (missing.length === 0) return;
    if (held.size + missing.length > MOST_VECTORS) held.keepOnly((hash) => texts.has(hash));
    for (let at = 0; at < missing.length; at += BATCH_TEXTS) {
      watch.signal?.throwIfAborted();
      const progress = { stage: 'embed', done: at, total: missing.length, patterns: 0 } as const;
      watch.onProgress?.(progress);
      const batch = missing.slice(at, at + BATCH_TEXTS);
      const found = await embedder.embed(
        batch.map(([, text]) => text),
        watch.signal,
      );
      held.add(
        batch.flatMap(([textHash], index) => {
          const vector = found[index];
          return vector === undefined ? [] : [{ textHash, vector }];
        }),
      );
    }
  }

  async function nearest(
    issue: Issue,
    files: readonly Described[],
    { atOnce = false, ...watch }: Nearness,
  ): Promise<ReadonlyMap<string, number>> {
    const described = files.map(({ path, record }) => {
      const texts = declarationMeanings(record);
      return { path, hashes: texts.map(textHash), texts };
    });
    const texts = new Map(
      described.flatMap((one) => one.hashes.map((hash, at) => [hash, one.texts[at] ?? ''])),
    );
    if (atOnce) {
      background = background
        .then(() => embed(texts, { signal: stop.signal }))
        // Whoever waits makes what is missing anew, and hears why that fails.
        .catch(() => undefined);
    } else {
      await background;
      await embed(texts, watch);
    }
    const held = vectors();
    // Without all of them, those that were looked at before would stand first.
    if (![...texts.keys()].every((hash) => held.has(hash))) return new Map();
    const [query] = await queryEmbedder.embed([issueMeaning(issue)], watch.signal);
    return query === undefined ? new Map() : toNearness(held, query, described);
  }

  return {
    model: embedder.model,
    async nearness(issue, files, options) {
      try {
        return await nearest(issue, files, options);
      } catch (error) {
        if (!isEmbedderFailure(error)) throw error;
        return new Map();
      }
    },
    async cosines(asked, texts, watch) {
      try {
        const [query, ...vectors] = await queryEmbedder.embed([asked, ...texts], watch.signal);
        return query && vectors.map((vector) => dotProduct(query, vector));
      } catch (error) {
        if (!isEmbedderFailure(error)) throw error;
        return undefined;
      }
    },
    async close() {
      stop.abort();
      await background;
      opened?.close();
    },
  };
}

function toNearness(
  vectors: VectorStore,
  query: Float32Array,
  files: readonly { readonly path: string; readonly hashes: readonly string[] }[],
): ReadonlyMap<string, number> {
  const nearest = files.flatMap(({ path, hashes }) => {
    const cosines = vectors.cosines(query, hashes).map((cosine) => cosine ?? -1);
    return cosines.length === 0 ? [] : [[path, Math.max(...cosines)] as const];
  });
  const all = nearest.map(([, cosine]) => cosine);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return new Map(
    nearest.map(([path, cosine]) => [path, most === least ? 0 : (cosine - least) / (most - least)]),
  );
}

/** Of vectors of length 1, their cosine. */
function dotProduct(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function isEmbedderFailure(error: unknown): boolean {
  return error instanceof AppError && error.code === 'embedder-failed';
}
