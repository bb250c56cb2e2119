import type { PatternId } from '../../model/pattern.ts';
import type { Corpus, SearchDocument } from '../../model/ports/corpus.ts';
import type { Vectors } from '../../model/ports/vectors.ts';

import type { Words } from '../words/words.ts';

/** `from` is so like `to` that it joins it. */
export interface NearDuplicate {
  readonly from: PatternId;
  readonly to: PatternId;
  readonly cosine: number;
  /** Of the template's tokens, 0 to 1. */
  readonly overlap: number;
}

export interface NearDuplicateParts {
  readonly corpus: Corpus;
  readonly words: Pick<Words, 'refresh' | 'textHashOf' | 'rowsOfText'>;
  readonly vectors: Vectors;
  /** Cosine from which two patterns may be near duplicates. */
  readonly maxSimilarity: number;
}

/**
 * Chosen by reading 145 pairs with a cosine of at least 0.85 out of 8,313 fragments of twelve
 * repositories (express, fastify, vue, flask, requests, gin, axum, okio, petclinic, Polly, Slim,
 * sinatra). Below 0.75 nearly all were other cases (`readUnsignedInt` and `writeUnsignedInt`: 0.64,
 * `v-if` and `v-else`: 0.69). Between 0.75 and 0.9 about two in three were another case or an
 * overload with a body of its own (`WaitAndRetryForever` of two classes: 0.81). From 0.9 on nearly
 * all did the same with another value, type or wording (a `null` for an `undefined`, `try` with
 * `fail()` for `assertThrows`): one of them is enough to show.
 */
export const MIN_OVERLAP = 0.9;

/** A document's neighbours that are looked at; families beyond this join step by step. */
const NEIGHBOURS = 20;
/** Int8 weights make a cosine jitter in the fifth decimal. */
const COSINE_STEPS = 10_000;

/**
 * Near duplicates among live documents of which at least one is in `rowIds`: same kind, same
 * language, cosine and overlap high enough. The less valuable joins the more valuable, of equals
 * the one with the greater id; whoever joined takes nobody in. The answer does not depend on the
 * order of `rowIds`.
 */
export function findNearDuplicates(
  { corpus, words, vectors, maxSimilarity }: NearDuplicateParts,
  rowIds: readonly number[],
): readonly NearDuplicate[] {
  words.refresh();
  const pairs = new Map<string, RatedPair>();
  for (const document of corpus.documents(rowIds)) {
    const textHash = words.textHashOf(document.rowId);
    const vector = textHash === undefined ? undefined : vectors.get(textHash);
    if (vector === undefined) continue;
    const near = vectors
      .nearest(vector, NEIGHBOURS, (hash) => words.rowsOfText(hash).length > 0)
      .filter(({ cosine }) => cosine >= maxSimilarity);
    for (const { textHash: hash, cosine } of near) {
      for (const other of corpus.documents(words.rowsOfText(hash))) {
        const pair = isRival(document, other) ? ratePair(document, other, cosine) : undefined;
        if (pair !== undefined) pairs.set(`${pair.to} ${pair.from}`, pair);
      }
    }
  }
  return joinGreedily([...pairs.values()]);
}

interface RatedPair extends NearDuplicate {
  /** Of the one that stays. */
  readonly value: number;
}

/** `undefined` where the templates are too different. */
function ratePair(a: SearchDocument, b: SearchDocument, cosine: number): RatedPair | undefined {
  const overlap = templateOverlap(a.template, b.template);
  if (overlap < MIN_OVERLAP) return undefined;
  const stays = b.value - a.value || (a.id < b.id ? -1 : 1);
  const [to, from] = stays < 0 ? [a, b] : [b, a];
  const rounded = Math.round(cosine * COSINE_STEPS) / COSINE_STEPS;
  return { from: from.id, to: to.id, cosine: rounded, overlap, value: to.value };
}

/**
 * Jaccard overlap of the multisets of template tokens, 0 to 1. Metavariables count as one token:
 * their numbers shift behind any insertion.
 */
export function templateOverlap(a: string, b: string): number {
  const counts = tokenCounts(a);
  let shared = 0;
  let total = 0;
  for (const count of counts.values()) total += count;
  for (const [token, count] of tokenCounts(b)) {
    const common = Math.min(count, counts.get(token) ?? 0);
    shared += common;
    total += count - common;
  }
  return total === 0 ? 1 : shared / total;
}

function tokenCounts(template: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [token] of template.matchAll(/\$\d+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)) {
    const kind = token.startsWith('$') ? '$' : token;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function isRival(a: SearchDocument, b: SearchDocument): boolean {
  return a.id !== b.id && a.kind === b.kind && a.language === b.language;
}

/** The most valuable takes in first; each joins the nearest that still stands. */
function joinGreedily(pairs: readonly RatedPair[]): readonly NearDuplicate[] {
  const joined = new Set<PatternId>();
  const hosts = new Set<PatternId>();
  const kept: NearDuplicate[] = [];
  const order = [...pairs].sort(
    (a, b) =>
      b.value - a.value ||
      b.cosine - a.cosine ||
      (`${a.to} ${a.from}` < `${b.to} ${b.from}` ? -1 : 1),
  );
  for (const { from, to, cosine, overlap } of order) {
    if (joined.has(from) || joined.has(to) || hosts.has(from)) continue;
    joined.add(from);
    hosts.add(to);
    kept.push({ from, to, cosine, overlap });
  }
  return kept;
}
