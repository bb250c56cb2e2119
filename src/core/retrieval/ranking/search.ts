import type { Hit, Pattern, PatternFilter, PatternId } from '../../model/pattern.ts';
import type { Corpus } from '../../model/ports/corpus.ts';
import type { Embedder } from '../../model/ports/embedder.ts';
import type { Vectors } from '../../model/ports/vectors.ts';
import { AppError } from '../../model/errors.ts';

import { gatherCandidates } from './candidates.ts';
import { queryEmbeddingText } from '../embedder/embeddingText.ts';
import { partOf, rankCandidates, WEIGHTS, type Ranked } from './rank.ts';
import type { Words } from '../words/words.ts';

export interface SearchParts {
  readonly corpus: Corpus;
  readonly words: Words;
  readonly vectors: Vectors;
  /** Search goes by words alone without one. */
  readonly embedder: Embedder | undefined;
}

export interface TextQuery {
  /** Plain words, identifiers or code. */
  readonly text: string;
  readonly filter: PatternFilter;
  readonly limit: number;
  /** Hits below are left out; 0 to 1. */
  readonly minRelevance: number;
  /** The pattern the query text is itself: left out where it occurs nowhere else. */
  readonly ownId?: PatternId | undefined;
}

export interface Search {
  /**
   * Best first, ties by id. A hit's `score` is the sum of its signals `words`, `meaning`, `value`
   * and `success`, each with its weight in it; `relevance`, which is compared with
   * `minRelevance`, is told beside them. `meaning` is absent where no vector took part: without an
   * embedder, when it fails, and for patterns not embedded yet.
   */
  search(query: TextQuery, signal?: AbortSignal): Promise<readonly Hit[]>;
}

/** Room for the hits that `ownId` and equal scores may cost. */
const SPARE = 10;

export function createSearch({ corpus, words, vectors, embedder }: SearchParts): Search {
  /** `undefined` where meaning cannot join; never a failure of the search. */
  async function embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array | undefined> {
    if (embedder === undefined || vectors.size === 0) return undefined;
    try {
      const [vector] = await embedder.embed([queryEmbeddingText(text)], signal);
      return vector;
    } catch (error) {
      if (error instanceof AppError && error.code === 'embedder-failed') return undefined;
      throw error;
    }
  }

  return {
    async search({ text, filter, limit, minRelevance, ownId }, signal) {
      words.refresh();
      if (text.trim() === '' || limit <= 0) return [];
      const vector = await embedQuery(text, signal);
      // The corpus may have changed while the query was embedded.
      words.refresh();
      const rows = corpus.matching(filter);
      const candidates = gatherCandidates({ words, vectors }, { text, vector, rows });
      const ranked = rankCandidates(candidates).filter(
        ({ relevance }) => relevance >= minRelevance,
      );
      const reach = within(ranked, limit + SPARE);
      return reach
        .flatMap((candidate) => {
          const [pattern] = corpus.byRowIds([candidate.rowId]);
          return pattern === undefined ? [] : [toHit(candidate, pattern)];
        })
        .filter(({ pattern }) => pattern.id !== ownId || pattern.support > 1)
        .sort((a, b) => b.score - a.score || (a.pattern.id < b.pattern.id ? -1 : 1))
        .slice(0, limit);
    },
  };
}

/** The first `count` and all that value and success could still lift among them. */
function within(ranked: readonly Ranked[], count: number): readonly Ranked[] {
  const last = ranked[count - 1];
  if (last === undefined) return ranked;
  const bound = partOf(last) - WEIGHTS.value - WEIGHTS.success;
  return ranked.filter((candidate) => partOf(candidate) >= bound).slice(0, count * 4);
}

function toHit(candidate: Ranked, pattern: Pattern): Hit {
  const { words, meaning, relevance } = candidate;
  const value = WEIGHTS.value * pattern.value;
  const success = WEIGHTS.success * pattern.successRate.mean;
  return {
    pattern,
    score: words + (meaning ?? 0) + value + success,
    signals: { words, ...(meaning === undefined ? {} : { meaning }), value, success, relevance },
  };
}
