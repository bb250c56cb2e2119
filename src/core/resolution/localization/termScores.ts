import { inverseDocumentFrequency, lengthNorm, saturate } from '../../platform/text/termWeight.ts';
import type { TermCounts } from './fileRecord.ts';

/** What a query asks of a field, by term, with how much each counts. */
export type TermQuery = ReadonlyMap<string, number>;

export interface FieldSettings {
  /** How soon repetition stops counting. */
  readonly k1: number;
  /** How much the length of a field counts, 0 to 1. */
  readonly lengthWeight: number;
}

/** One term of a query as a field holds it. */
interface Match {
  readonly field: number;
  readonly term: string;
  readonly count: number;
}

/** BM25 of each field against a query, in their order. */
export function scoreTerms(
  fields: readonly TermCounts[],
  query: TermQuery,
  { k1, lengthWeight }: FieldSettings,
): Float64Array {
  const scores = new Float64Array(fields.length);
  const matches = fields.flatMap((counts, field) => matchesOf(counts, field, query));
  const holding = countHolding(matches);
  const averageLength = fields.reduce((sum, { length }) => sum + length, 0) / fields.length;
  for (const { field, term, count } of matches) {
    const norm = lengthNorm(fields[field]?.length ?? 0, averageLength, lengthWeight);
    const rarity = inverseDocumentFrequency(fields.length, holding.get(term) ?? 0);
    const worth = (query.get(term) ?? 0) * rarity * saturate(count * norm, k1);
    scores[field] = (scores[field] ?? 0) + worth;
  }
  return scores;
}

function matchesOf({ terms, counts }: TermCounts, field: number, query: TermQuery): Match[] {
  const matches: Match[] = [];
  for (let at = 0; at < terms.length; at += 1) {
    const term = terms[at] ?? '';
    if (query.has(term)) matches.push({ field, term, count: counts[at] ?? 0 });
  }
  return matches;
}

function countHolding(matches: readonly Match[]): ReadonlyMap<string, number> {
  const holding = new Map<string, number>();
  for (const { term } of matches) holding.set(term, (holding.get(term) ?? 0) + 1);
  return holding;
}

/** Divided by the greatest of them; zeros stay. */
export function toShares(scores: Float64Array): Float64Array {
  const greatest = scores.reduce((most, score) => Math.max(most, score), 0);
  return greatest === 0 ? scores : scores.map((score) => score / greatest);
}
