import type { Vectors } from '../../model/ports/vectors.ts';
import { gatherCandidates, type CandidateQuery } from './candidates.ts';
import { partOf, rankCandidates, WEIGHTS } from './rank.ts';
import type { Words } from '../words/words.ts';

/** A row that answers a text. */
export interface Answer {
  readonly rowId: number;
  /** The score it has as a hit of a search. */
  scoreOf(worth: { readonly value: number; readonly success: number }): number;
}

/** Nobody reads on after so many answers. */
const MOST_ANSWERS = 1000;

/** Rows that are relevant enough, in no order that means anything. */
export function answersTo(
  index: { readonly words: Words; readonly vectors: Vectors },
  query: Omit<CandidateQuery, 'wordPool'>,
  minRelevance: number,
): readonly Answer[] {
  const candidates = gatherCandidates(index, { ...query, wordPool: MOST_ANSWERS });
  return rankCandidates(candidates)
    .filter(({ relevance }) => relevance >= minRelevance)
    .slice(0, MOST_ANSWERS)
    .map((ranked) => ({
      rowId: ranked.rowId,
      scoreOf: ({ value, success }) =>
        partOf(ranked) + WEIGHTS.value * value + WEIGHTS.success * success,
    }));
}
