import type { Watch } from '../model/engine.ts';
import type { Embedder, Library, SearchDocument } from '../model/ports.ts';

/** Texts that are embedded and flushed together: what a killed process can lose. */
const BATCH_TEXTS = 128;

/** Documents read from the view at a time. */
const CHUNK_DOCUMENTS = 512;

export interface EmbedParts {
  readonly library: Library;
  readonly embedder: Embedder;
  readonly textOf: (document: SearchDocument) => string;
  readonly hashOf: (text: string) => string;
}

/**
 * Embeds every live pattern whose text has no vector yet, the most valuable first. Stops between
 * batches when the signal aborts; a later run goes on from there.
 *
 * @returns the documents that got a vector in this run
 */
export async function embedPatterns(
  { library, embedder, textOf, hashOf }: EmbedParts,
  watch: Watch = {},
): Promise<readonly number[]> {
  const rowIds = library.corpus.rowIdsByValue();
  const waiting = waitingDocuments({ library, textOf, hashOf }, rowIds);
  const embedded: number[] = [];
  const report = (): void => {
    watch.onProgress?.({
      stage: 'embed',
      done: embedded.length,
      total: waiting.length,
      patterns: rowIds.length,
    });
  };
  report();
  for (let start = 0; start < waiting.length; start += BATCH_TEXTS) {
    if (watch.signal?.aborted === true) break;
    const batch = waiting.slice(start, start + BATCH_TEXTS);
    const documents = library.corpus.documents(batch);
    const texts = documents.map(textOf);
    const vectors = await embedUnlessStopped(embedder, texts, watch.signal);
    if (vectors === undefined) break;
    library.vectors.add(
      texts.flatMap((text, index) => {
        const vector = vectors[index];
        return vector === undefined ? [] : [{ textHash: hashOf(text), vector }];
      }),
    );
    embedded.push(...documents.map(({ rowId }) => rowId));
    report();
  }
  return embedded;
}

async function embedUnlessStopped(
  embedder: Embedder,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Float32Array[] | undefined> {
  try {
    return await embedder.embed(texts, signal);
  } catch (error) {
    if (signal?.aborted === true) return undefined;
    throw error;
  }
}

/** Rows without a vector, each text once, in the order given. */
function waitingDocuments(
  { library, textOf, hashOf }: Pick<EmbedParts, 'library' | 'textOf' | 'hashOf'>,
  rowIds: readonly number[],
): number[] {
  const waiting: number[] = [];
  const hashes = new Set<string>();
  for (let start = 0; start < rowIds.length; start += CHUNK_DOCUMENTS) {
    for (const document of library.corpus.documents(rowIds.slice(start, start + CHUNK_DOCUMENTS))) {
      const hash = hashOf(textOf(document));
      if (hashes.has(hash) || library.vectors.has(hash)) continue;
      hashes.add(hash);
      waiting.push(document.rowId);
    }
  }
  return waiting;
}
