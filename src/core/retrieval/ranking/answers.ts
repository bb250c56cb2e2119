import type { PatternKind } from '../../model/pattern.ts';
import type { Vectors } from '../../model/ports/vectors.ts';
import type { Words } from '../words/words.ts';
import { gatherCandidates } from './candidates.ts';
import type { Intent } from './intent.ts';
import { gainOf } from './success.ts';
import { rankCandidates, WEIGHTS, type Ranked, type Weights } from './rank.ts';

/** What is known of a row before any query. */
export interface Worth {
  readonly kind: PatternKind;
  /** Stands among tests, whatever it is. */
  readonly inTests: boolean;
  /** A change that nobody asked for, and that no code of today stands for. */
  readonly isLoneChange: boolean;
  /** The query is its name letter for letter: another casing is often another function. */
  readonly isWrittenSo: boolean;
  /** 0 to 1. */
  readonly value: number;
  /** See `createPromises`. */
  readonly promise: number;
}

export interface AnswerQuery {
  /** Plain words, identifiers or code. */
  readonly text: string;
  /** Of the text; words find alone without it. */
  readonly vector: Float32Array | undefined;
  /** Rows to look among; all when absent. */
  readonly rows: ReadonlySet<number> | undefined;
  readonly worthOf: (rowId: number) => Worth | undefined;
  /** Kinds that were asked for by a filter. */
  readonly kinds: readonly PatternKind[];
  /** What else the words of a person ask for. */
  readonly intent: Intent;
  /** 0 to 1: what is less relevant is left out. */
  readonly minRelevance: number;
}

/** A row that answers a text. */
export interface Answer {
  readonly rowId: number;
  /** The sum of `signals`, which are `words`, `meaning`, `name`, `value`, `success` and `kind`. */
  readonly score: number;
  readonly signals: Readonly<Record<string, number>>;
  /** 0 to 1; see `relevanceOf`. */
  readonly relevance: number;
}

/** What the query names in full stands before whatever else answers it. */
const NAME = 1;
/** What differs from it in its casing alone stands behind what does not. */
const WRITTEN_NAME = 2;
/** Nobody reads on after so many answers. */
const MOST_ANSWERS = 1000;

/** Rows that are relevant enough, best first, ties by the order in which words bring them up. */
export function answersTo(
  index: { readonly words: Words; readonly vectors: Vectors },
  query: AnswerQuery,
  weights: Weights = WEIGHTS,
): readonly Answer[] {
  const { text, vector, rows, worthOf, minRelevance, intent } = query;
  if (text.trim() === '') return [];
  const candidates = gatherCandidates(index, { text, vector, rows, wordPool: MOST_ANSWERS });
  const kinds = new Set<PatternKind>(intent.tests ? [...query.kinds, 'test'] : query.kinds);
  const relevant = rankCandidates(candidates, weights)
    .filter(({ relevance }) => relevance >= minRelevance)
    .slice(0, MOST_ANSWERS);
  return orderAnswers(relevant, { worthOf, kinds }, weights);
}

/** Relevant rows by all that is known of them; what promises too little is left out. */
export function orderAnswers(
  relevant: readonly Ranked[],
  { worthOf, kinds }: Pick<AnswerQuery, 'worthOf'> & { readonly kinds: ReadonlySet<PatternKind> },
  weights: Weights,
): readonly Answer[] {
  return relevant
    .flatMap((ranked) => {
      const worth = worthOf(ranked.rowId);
      if (worth === undefined || worth.promise < weights.success.floor) return [];
      return [toAnswer(ranked, { worth, kinds }, weights)];
    })
    .sort((a, b) => b.score - a.score);
}

function toAnswer(
  { rowId, words, meaning, isNamed, relevance }: Ranked,
  { worth, kinds }: { readonly worth: Worth; readonly kinds: ReadonlySet<PatternKind> },
  weights: Weights,
): Answer {
  const value = weights.value * worth.value;
  // Nothing for what nobody tried, so that scores of a new library are those of words and meaning.
  const success = (words + (meaning ?? 0)) * (gainOf(worth.promise, weights.success) - 1);
  const taken = worth.inTests ? 'test' : worth.kind;
  const ofKind = kinds.has(taken) ? 0 : (weights.kinds[taken] ?? 0);
  const kind = ofKind + (worth.isLoneChange ? weights.loneChange : 0);
  const name = isNamed ? ofName(worth) : 0;
  const signals = {
    words,
    ...(meaning === undefined ? {} : { meaning }),
    ...(name === 0 ? {} : { name }),
    value,
    ...(success === 0 ? {} : { success }),
    ...(kind === 0 ? {} : { kind }),
  };
  return {
    rowId,
    score: words + (meaning ?? 0) + name + value + success + kind,
    signals,
    relevance,
  };
}

function ofName({ isWrittenSo }: Worth): number {
  return isWrittenSo ? WRITTEN_NAME : NAME;
}
