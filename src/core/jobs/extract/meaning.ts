import type { Attention, Embedded } from '../../model/api/jobs.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import type { Library } from '../../model/ports/library.ts';
import { coalesce } from '../../platform/coalesce.ts';
import { embeddingText, textHash } from '../../retrieval/embedder/embeddingText.ts';
import { findNearDuplicates } from '../../retrieval/ranking/nearDuplicates.ts';
import type { Words } from '../../retrieval/words/words.ts';
import { embedPatterns, type EmbedParts } from './embedPatterns.ts';

/** Gives patterns their vectors, one run at a time. */
export interface Meaning {
  /**
   * Embeds what has no vector yet; says so in a note where the embedding process cannot.
   *
   * @param maxSimilarity cosine from which what is embedded joins another pattern as its near
   *   duplicate, 0 to 1; when absent each stays by itself
   */
  embed(watch: Watch, maxSimilarity?: number): Promise<Embedded>;
  /**
   * The same in the background, once for all calls that come within a moment. Nothing that a person
   * chose joins another pattern by itself.
   */
  embedSoon(): void;
  /** See `JobsApi.attend`; a run under way follows at its next batch. */
  attend(attention: Attention): void;
  /** Ends what runs in the background; the next run goes on from there. */
  close(): Promise<void>;
}

export interface MeaningParts {
  readonly library: () => Library;
  readonly embedder: Embedder;
  readonly words: () => Words;
  /** A run in the background embedded something. */
  readonly onEmbedded: () => void;
}

/** Who keeps or accepts several patterns one by one starts a single run. */
const GATHER_MS = 300;

const NOTHING: Embedded = { embedded: 0, variants: 0, notes: [] };

export function createMeaning(parts: MeaningParts): Meaning {
  let attention: Attention = { files: [], patterns: [] };
  const embedNow = (watch: Watch, maxSimilarity?: number): Promise<Embedded> =>
    embedOrSay({ ...parts, attention: () => attention }, watch, maxSimilarity);
  let background: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  const soon = coalesce({ delayMs: GATHER_MS }, () => {
    if (background !== undefined) {
      // What came after it began is not on its list.
      const { ended } = background;
      void ended.then(soon.call);
      return;
    }
    const stop = new AbortController();
    background = {
      stop,
      ended: embedInBackground(embedNow, parts.onEmbedded, stop.signal).finally(clear),
    };
  });

  function clear(): void {
    background = undefined;
  }

  async function stopBackground(): Promise<void> {
    soon.dispose();
    background?.stop.abort();
    await background?.ended;
  }

  return {
    embed: async (watch, maxSimilarity) => {
      await stopBackground();
      return embedNow(watch, maxSimilarity);
    },
    embedSoon: soon.call,
    attend: (latest) => {
      attention = latest;
    },
    close: stopBackground,
  };
}

async function embedInBackground(
  embed: (watch: Watch) => Promise<Embedded>,
  onEmbedded: () => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { embedded } = await embed({ signal });
    if (embedded > 0) onEmbedded();
  } catch (error) {
    // A library that cannot be written says so to the next who asks it for something.
    if (!(error instanceof AppError)) throw error;
  }
}

async function embedOrSay(
  { library: current, embedder, words, attention }: MeaningParts & Pick<EmbedParts, 'attention'>,
  watch: Watch,
  maxSimilarity?: number,
): Promise<Embedded> {
  const library = current();
  try {
    const rowIds = await embedPatterns(
      {
        ...{ library, embedder, attention, textOf: embeddingText, hashOf: textHash },
        hashOfRow: (rowId) => {
          const index = words();
          index.refresh();
          return index.textHashOf(rowId);
        },
      },
      watch,
    );
    const variants =
      maxSimilarity === undefined
        ? 0
        : await joinVariants({ library, words }, maxSimilarity, rowIds);
    return { embedded: rowIds.length, variants, notes: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'embedder-failed') throw error;
    const note = localized`search uses words only, because semantic search is unavailable: ${error.localizedMessage}`;
    return { ...NOTHING, notes: [note] };
  }
}

async function joinVariants(
  { library, words }: { readonly library: Library; readonly words: () => Words },
  maxSimilarity: number,
  rowIds: readonly number[],
): Promise<number> {
  if (rowIds.length === 0) return 0;
  const { corpus, vectors } = library;
  const found = findNearDuplicates({ corpus, words: words(), vectors, maxSimilarity }, rowIds);
  await library.record(
    found.map(({ from, to, cosine, overlap }) => ({
      type: 'variant',
      pattern: from,
      of: to,
      cosine,
      overlap,
    })),
  );
  return found.length;
}
