import type { Attention } from '../../model/api/jobs.ts';
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
  /** What comes first; another value whenever that changes. */
  readonly attention: () => Attention;
}

/**
 * Embeds every live pattern whose text has no vector yet: what the person has before them, then what
 * lists show first, tests last. Stops between batches when the signal aborts; a later run goes on from
 * there.
 *
 * @returns the documents that got a vector in this run
 */
export async function embedPatterns(
  parts: EmbedParts,
  watch: Watch = {},
): Promise<readonly number[]> {
  const { library, embedder, textOf, hashOf } = parts;
  let attention = parts.attention();
  const rowIds = library.corpus.rowIdsByValue(attention);
  let waiting = waitingRows(parts, rowIds);
  const total = waiting.length;
  const embedded: number[] = [];
  const report = (): void => {
    watch.onProgress?.({
      stage: 'embed',
      done: embedded.length,
      total,
      patterns: rowIds.length,
    });
  };
  report();
  while (waiting.length > 0) {
    await rest(watch);
    if (watch.signal?.aborted === true) break;
    if (parts.attention() !== attention) {
      attention = parts.attention();
      waiting = inOrder(waiting, library.corpus.rowIdsByValue(attention));
    }
    const batch = waiting.slice(0, BATCH_TEXTS);
    waiting = waiting.slice(BATCH_TEXTS);
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

/** The rows in the order in which all rows are given. */
function inOrder(rows: readonly number[], all: readonly number[]): readonly number[] {
  const among = new Set(rows);
  return all.filter((row) => among.has(row));
}

/** Rows without a vector, each text once, in the order given. */
function waitingRows(
  { library, hashOfRow }: Pick<EmbedParts, 'library' | 'hashOfRow'>,
  rowIds: readonly number[],
): readonly number[] {
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
