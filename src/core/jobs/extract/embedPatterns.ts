import type { Watch } from '../../model/api/watch.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SearchDocument } from '../../model/ports/corpus.ts';
import { rest } from '../rest.ts';

/** Texts that are embedded and flushed together: what a killed process can lose. */
const BATCH_TEXTS = 128;

export interface EmbedParts {
  readonly library: Library;
  readonly embedder: Embedder;
  readonly textOf: (document: SearchDocument) => string;
  readonly hashOf: (text: string) => string;
  /** `hashOf` of the text of a row; `undefined` for a row that left. */
  readonly hashOfRow: (rowId: number) => string | undefined;
}

/**
 * Embeds every live pattern whose text has no vector yet, the most valuable first. Stops between
 * batches when the signal aborts; a later run goes on from there.
 *
 * @returns the documents that got a vector in this run
 */
export async function embedPatterns(
  { library, embedder, textOf, hashOf, hashOfRow }: EmbedParts,
  watch: Watch = {},
): Promise<readonly number[]> {
  const rowIds = library.corpus.rowIdsByValue();
  const waiting = waitingRows({ library, hashOfRow }, rowIds);
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
    await rest(watch);
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
function waitingRows(
  { library, hashOfRow }: Pick<EmbedParts, 'library' | 'hashOfRow'>,
  rowIds: readonly number[],
): number[] {
  const waiting: number[] = [];
  const hashes = new Set<string>();
  for (const rowId of rowIds) {
    const hash = hashOfRow(rowId);
    if (hash === undefined || hashes.has(hash) || library.vectors.has(hash)) continue;
    hashes.add(hash);
    waiting.push(rowId);
  }
  return waiting;
}
