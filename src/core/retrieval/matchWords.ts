import { inverseDocumentFrequency, lengthNorm, saturate, type Bm25 } from './bm25.ts';
import type { LiveSegment } from './liveSegment.ts';
import type { QueryTerm } from './queryTerms.ts';
import type { Postings } from './segment.ts';

/** What one query found in all segments; documents go by ordinals across them. */
export interface Scores {
  /** Documents with at least one term, in order of discovery. */
  readonly touched: readonly number[];
  readonly scores: Float64Array;
  /** Sum of the idf of the words matched, at most `idealCoverage` save for misspellings. */
  readonly covered: Float64Array;
  /** How well the whole name matched: 1 exactly, less when misspelled, 0 not. */
  readonly named: Float64Array;
  /** Score and coverage of a document full of every word of the query. */
  readonly idealScore: number;
  readonly idealCoverage: number;
}

/** Scores documents until the segments change; holds three numbers a document. */
export interface Matcher {
  match(terms: readonly QueryTerm[]): Scores;
}

/** Worth of a word that had to be spelled differently to be found. */
const MISSPELLED = 0.7;
/** A longer query is judged by its rarest words: code says the rest again and again. */
const MAX_TERMS = 64;
/** Misspellings are looked for in this many words of a query, the first ones. */
const MAX_SPELLED = 8;
const MAX_ALTERNATIVES = 4;
const MIN_LETTERS = { part: 4, name: 4, whole: Number.POSITIVE_INFINITY };

interface Weighted {
  readonly role: QueryTerm['role'];
  readonly weight: number;
  /** 1 as asked, less for another spelling. */
  readonly strength: number;
  readonly idf: number;
  readonly postings: readonly (Postings | undefined)[];
}

export function createMatcher(segments: readonly LiveSegment[], bm25: Bm25): Matcher {
  const starts: number[] = [];
  let size = 0;
  for (const { segment } of segments) {
    starts.push(size);
    size += segment.documentCount;
  }
  const live = segments.reduce((sum, { liveCount }) => sum + liveCount, 0);
  const { alive, nameNorms, bodyNorms } = measure(segments, size, bm25);
  const scores = new Float64Array(size);
  const covered = new Float64Array(size);
  const named = new Float64Array(size);
  let touched: number[] = [];

  function holding(postings: readonly (Postings | undefined)[]): number {
    let count = 0;
    postings.forEach((found, index) => {
      if (found === undefined) return;
      const { documents, start, end } = found;
      const all = segments[index]?.liveCount === segments[index]?.segment.documentCount;
      if (all) count += end - start;
      else for (let at = start; at < end; at++) count += aliveAt(index, documents[at] ?? 0);
    });
    return count;
  }

  function aliveAt(index: number, ordinal: number): number {
    return alive[(starts[index] ?? 0) + ordinal] ?? 0;
  }

  function lookUp(term: string): { readonly postings: (Postings | undefined)[]; count: number } {
    const postings = segments.map(({ segment }) => segment.postings(term));
    return { postings, count: holding(postings) };
  }

  /** Spellings of a term that occur, the most frequent first. */
  function respell(term: string): readonly ReturnType<typeof lookUp>[] {
    const near = new Set(segments.flatMap(({ spelling }) => spelling.near(term)));
    return [...near]
      .sort()
      .map(lookUp)
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count)
      .slice(0, MAX_ALTERNATIVES);
  }

  function weigh(terms: readonly QueryTerm[]): { weighted: Weighted[]; ideal: [number, number] } {
    const weighted: Weighted[] = [];
    const ideal: [number, number] = [0, 0];
    let spelled = 0;
    for (const { role, term, weight } of rarest(terms, (text) => lookUp(text).count)) {
      const asked = lookUp(term);
      let idf = inverseDocumentFrequency(live, asked.count);
      if (asked.count > 0) weighted.push({ role, weight, strength: 1, idf, ...asked });
      else if (term.length >= MIN_LETTERS[role] && spelled++ < MAX_SPELLED) {
        for (const other of respell(term)) {
          idf = inverseDocumentFrequency(live, other.count);
          weighted.push({ role, weight, strength: MISSPELLED, idf, ...other });
        }
      }
      if (role !== 'part') continue;
      ideal[0] += weight * idf * (bm25.k1 + 1);
      ideal[1] += weight * idf;
    }
    return { weighted, ideal };
  }

  function accumulate(term: Weighted, found: Postings, offset: number): void {
    const { documents, nameCounts, bodyCounts, start, end } = found;
    const worth = term.weight * term.strength * term.idf;
    for (let at = start; at < end; at++) {
      const document = offset + (documents[at] ?? 0);
      if (alive[document] === 0) continue;
      const count =
        bm25.nameWeight * (nameCounts[at] ?? 0) * (nameNorms[document] ?? 0) +
        (bodyCounts[at] ?? 0) * (bodyNorms[document] ?? 0);
      if (scores[document] === 0) touched.push(document);
      scores[document] = (scores[document] ?? 0) + worth * saturate(count, bm25.k1);
    }
  }

  /** What relevance is judged by, beside the score. */
  function accumulateEvidence(term: Weighted, found: Postings, offset: number): void {
    const { documents, start, end } = found;
    const worth = term.weight * term.strength * term.idf;
    for (let at = start; at < end; at++) {
      const document = offset + (documents[at] ?? 0);
      if (term.role === 'part') covered[document] = (covered[document] ?? 0) + worth;
      else named[document] = Math.max(named[document] ?? 0, term.strength);
    }
  }

  return {
    match(terms) {
      for (const document of touched) {
        scores[document] = 0;
        covered[document] = 0;
        named[document] = 0;
      }
      touched = [];
      const { weighted, ideal } = weigh(terms);
      for (const term of weighted) {
        term.postings.forEach((found, index) => {
          if (found === undefined) return;
          accumulate(term, found, starts[index] ?? 0);
          if (term.role !== 'whole') accumulateEvidence(term, found, starts[index] ?? 0);
        });
      }
      return { touched, scores, covered, named, idealScore: ideal[0], idealCoverage: ideal[1] };
    },
  };
}

/** The rarest terms of a long query, in the order they had. */
function rarest(
  terms: readonly QueryTerm[],
  countOf: (term: string) => number,
): readonly QueryTerm[] {
  if (terms.length <= MAX_TERMS) return terms;
  const known = terms
    .map((term) => ({ term, count: countOf(term.term) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count / a.term.weight - b.count / b.term.weight);
  const kept = new Set(known.slice(0, MAX_TERMS).map(({ term }) => term));
  return terms.filter((term) => kept.has(term));
}

/** Norms by document, and 1 where it is live. */
function measure(
  segments: readonly LiveSegment[],
  size: number,
  bm25: Bm25,
): { alive: Uint8Array; nameNorms: Float64Array; bodyNorms: Float64Array } {
  const liveCount = segments.reduce((sum, segment) => sum + segment.liveCount, 0);
  const sumOf = (field: 'nameLength' | 'bodyLength'): number =>
    segments.reduce((sum, segment) => sum + segment[field], 0);
  const nameAverage = liveCount === 0 ? 0 : sumOf('nameLength') / liveCount;
  const bodyAverage = liveCount === 0 ? 0 : sumOf('bodyLength') / liveCount;
  const alive = new Uint8Array(size);
  const nameNorms = new Float64Array(size);
  const bodyNorms = new Float64Array(size);
  let document = 0;
  for (const live of segments) {
    const { segment } = live;
    for (let ordinal = 0; ordinal < segment.documentCount; ordinal++, document++) {
      const { nameLengthWeight, bodyLengthWeight } = bm25;
      alive[document] = live.isLive(ordinal) ? 1 : 0;
      nameNorms[document] = lengthNorm(
        segment.nameLengthAt(ordinal),
        nameAverage,
        nameLengthWeight,
      );
      bodyNorms[document] = lengthNorm(
        segment.bodyLengthAt(ordinal),
        bodyAverage,
        bodyLengthWeight,
      );
    }
  }
  return { alive, nameNorms, bodyNorms };
}
