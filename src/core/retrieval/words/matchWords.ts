import { inverseDocumentFrequency, lengthNorm, saturate } from '../../platform/text/termWeight.ts';
import type { Bm25 } from './bm25.ts';
import type { LiveSegment } from './liveSegment.ts';
import { synonymsOf } from './synonyms.ts';
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
  /** Words that tell something: 1 each, less where more than a tenth of all documents hold one. */
  readonly asked: number;
  /** Nothing but the beginning of a word was typed, which means nothing yet. */
  readonly isBeginning: boolean;
}

/** Scores documents until the segments change; holds three numbers a document. */
export interface Matcher {
  match(terms: readonly QueryTerm[]): Scores;
}

/** Worth of a word that had to be spelled differently to be found; of a short one less. */
const MISSPELLED = 0.7;
/** Worth of a word that begins with what was typed, the more of it is missing the less. */
const COMPLETED = 0.85;
/** Worth of another word for the same thing: it orders answers, and is no evidence of any. */
const SYNONYM = 0.4;
/** Shorter beginnings fit too many words; those beyond ASCII say more. */
const MIN_BEGINNING_BYTES = 3;
const MAX_COMPLETIONS = 8;
/** A longer query is judged by its rarest words: code says the rest again and again. */
const MAX_TERMS = 64;
/** Misspellings are looked for in this many words of a query, the first ones. */
const MAX_SPELLED = 8;
const MAX_ALTERNATIVES = 4;
/** A handful of documents do not tell which words are common: fewer are judged as if they were so many. */
const FEWEST_DOCUMENTS = 50;
/** Most words of four letters are one letter from another one. A name has a mark before it. */
const MIN_LETTERS = { part: 5, name: 5, whole: Number.POSITIVE_INFINITY };

/** What a document full of every word of a query would reach. */
type Ideal = Pick<Scores, 'idealScore' | 'idealCoverage' | 'asked' | 'isBeginning'>;

/** Of one term, in each field by itself and in the document as a whole. */
interface Idf {
  readonly name: number;
  readonly body: number;
}

/** Live documents with a term: at all, and in their name. */
interface Holding {
  readonly anywhere: number;
  readonly inName: number;
}

interface LookedUp {
  readonly postings: readonly (Postings | undefined)[];
  readonly holding: Holding;
}

interface Weighted {
  readonly role: QueryTerm['role'];
  readonly weight: number;
  /** 1 as asked, less for another spelling or another word. */
  readonly strength: number;
  /** Speaks for there being an answer, and not only for which one comes first. */
  readonly isEvidence: boolean;
  readonly idf: Idf;
  readonly postings: readonly (Postings | undefined)[];
}

/** What one term of a query is found by, and how rare it is. */
interface Found {
  readonly weighted: readonly Weighted[];
  readonly idf: Idf;
  readonly isBeginning: boolean;
}

export function createMatcher(segments: readonly LiveSegment[], bm25: Bm25): Matcher {
  const { name, body } = bm25;
  const nameLimit = name.weight * (name.k1 + 1);
  const bodyLimit = body.weight * (body.k1 + 1);
  const roleWeights = { part: 1, whole: bm25.wholeWeight, name: bm25.fullNameWeight };
  const starts: number[] = [];
  let size = 0;
  for (const { segment } of segments) {
    starts.push(size);
    size += segment.documentCount;
  }
  const live = Math.max(
    FEWEST_DOCUMENTS,
    segments.reduce((sum, { liveCount }) => sum + liveCount, 0),
  );
  const tellingIdf = inverseDocumentFrequency(live, Math.max(1, live / 10));
  const { alive, nameNorms, bodyNorms } = measure(segments, size, bm25);
  const scores = new Float64Array(size);
  const covered = new Float64Array(size);
  const named = new Float64Array(size);
  let touched: number[] = [];

  function count(postings: readonly (Postings | undefined)[]): Holding {
    let anywhere = 0;
    let inName = 0;
    postings.forEach((found, index) => {
      if (found === undefined) return;
      const { documents, nameCounts, start, end } = found;
      const offset = starts[index] ?? 0;
      for (let at = start; at < end; at++) {
        if (alive[offset + (documents[at] ?? 0)] === 0) continue;
        anywhere++;
        if (nameCounts[at] !== 0) inName++;
      }
    });
    return { anywhere, inName };
  }

  function lookUp(term: string): LookedUp {
    const postings = segments.map(({ segment }) => segment.postings(term));
    return { postings, holding: count(postings) };
  }

  function idfOf({ anywhere, inName }: Holding): Idf {
    return {
      name: inverseDocumentFrequency(live, inName),
      body: inverseDocumentFrequency(live, anywhere),
    };
  }

  /** Spellings of a term that occur, the most frequent first. */
  function respell(term: string): readonly LookedUp[] {
    return mostFrequent(
      segments.flatMap(({ spelling }) => spelling.near(term)),
      MAX_ALTERNATIVES,
    );
  }

  /** Words that begin so and that more documents hold than what was typed. */
  function complete(beginning: string, typed: Holding): readonly LookedUp[] {
    if (Buffer.byteLength(beginning) < MIN_BEGINNING_BYTES) return [];
    return mostFrequent(
      segments.flatMap(({ spelling }) => spelling.beginningWith(beginning)),
      MAX_COMPLETIONS,
    ).filter(({ holding }) => holding.anywhere > typed.anywhere);
  }

  function mostFrequent(terms: readonly string[], limit: number): readonly LookedUp[] {
    return [...new Set(terms)]
      .sort()
      .map(lookUp)
      .filter(({ holding }) => holding.anywhere > 0)
      .sort((a, b) => b.holding.anywhere - a.holding.anywhere)
      .slice(0, limit);
  }

  function synonymous(term: string): readonly LookedUp[] {
    return [...synonymsOf(term)].map(lookUp).filter(({ holding }) => holding.anywhere > 0);
  }

  /**
   * What a term is found by: itself, what it begins, other words for it or, where nothing else is
   * there, what is near.
   */
  function findAll({ role, term, weight, beginning }: QueryTerm, maySpell: () => boolean): Found {
    const exact = lookUp(term);
    const completions = beginning === undefined ? [] : complete(beginning, exact.holding);
    const isKnown = exact.holding.anywhere > 0 || completions.length > 0;
    const isSpelled = !isKnown && term.length >= MIN_LETTERS[role] && maySpell();
    const toWeighted = (strength: number, isEvidence = role !== 'whole') => {
      return ({ postings, holding }: LookedUp): Weighted => {
        return { role, weight, strength, isEvidence, idf: idfOf(holding), postings };
      };
    };
    return {
      weighted: [
        ...(exact.holding.anywhere > 0 ? [exact] : []).map(toWeighted(1)),
        ...completions.map(toWeighted(COMPLETED)),
        ...(role === 'part' ? synonymous(term) : []).map(toWeighted(SYNONYM, false)),
        ...(isSpelled ? respell(term) : []).map(toWeighted(misspelled(role, term))),
      ],
      // What was not typed to its end is as rare as what it may become; a word that nobody knows is
      // the rarest, whatever it resembles.
      idf: idfOf(completions[0]?.holding ?? exact.holding),
      isBeginning: exact.holding.anywhere === 0 && completions.length > 0,
    };
  }

  function weigh(terms: readonly QueryTerm[]): { weighted: Weighted[]; ideal: Ideal } {
    const weighted: Weighted[] = [];
    const ideal = { idealScore: 0, idealCoverage: 0, asked: 0 };
    let spelled = 0;
    const parts: boolean[] = [];
    for (const asked of rarest(terms, (text) => lookUp(text).holding.anywhere)) {
      const found = findAll(asked, () => spelled++ < MAX_SPELLED);
      weighted.push(...found.weighted);
      if (asked.role !== 'part') continue;
      parts.push(found.isBeginning);
      const { name: inName, body: anywhere } = found.idf;
      ideal.idealScore += asked.weight * (nameLimit * inName + bodyLimit * anywhere);
      ideal.idealCoverage += asked.weight * anywhere;
      ideal.asked += Math.min(1, anywhere / tellingIdf);
    }
    const isBeginning = parts.length === 1 && parts.every(Boolean);
    if (isBeginning) {
      // No document could hold more of what was typed.
      ideal.idealScore *= COMPLETED;
      ideal.idealCoverage *= COMPLETED;
    }
    return { weighted, ideal: { ...ideal, isBeginning } };
  }

  function accumulate(term: Weighted, found: Postings, offset: number): void {
    const { documents, nameCounts, bodyCounts, start, end } = found;
    const worth = term.weight * term.strength * roleWeights[term.role];
    const nameWorth = worth * name.weight * term.idf.name;
    const bodyWorth = worth * body.weight * term.idf.body;
    for (let at = start; at < end; at++) {
      const document = offset + (documents[at] ?? 0);
      if (alive[document] === 0) continue;
      const inName = (nameCounts[at] ?? 0) * (nameNorms[document] ?? 0);
      const inBody = (bodyCounts[at] ?? 0) * (bodyNorms[document] ?? 0);
      if (scores[document] === 0) touched.push(document);
      scores[document] =
        (scores[document] ?? 0) +
        (nameWorth * saturate(inName, name.k1) + bodyWorth * saturate(inBody, body.k1));
    }
  }

  /** What relevance is judged by, beside the score. */
  function accumulateEvidence(term: Weighted, found: Postings, offset: number): void {
    const { documents, start, end } = found;
    const worth = term.weight * term.strength * term.idf.body;
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
          if (term.isEvidence) accumulateEvidence(term, found, starts[index] ?? 0);
        });
      }
      return { touched, scores, covered, named, ...ideal };
    },
  };
}

/** Letters from which on one wrong letter of a whole name is a slip: names are fewer than words. */
const TELLING_NAME = 5;

/** One letter of four says nearly another word; of ten it is a slip. */
function misspelled(role: QueryTerm['role'], term: string): number {
  const letters = role === 'name' ? term.length - 1 : term.length;
  if (role === 'name' && letters >= TELLING_NAME) return MISSPELLED;
  return Math.min(MISSPELLED, (letters - 2) / (letters + 1));
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
  { name, body }: Bm25,
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
      alive[document] = live.isLive(ordinal) ? 1 : 0;
      nameNorms[document] = lengthNorm(
        segment.nameLengthAt(ordinal),
        nameAverage,
        name.lengthWeight,
      );
      bodyNorms[document] = lengthNorm(
        segment.bodyLengthAt(ordinal),
        bodyAverage,
        body.lengthWeight,
      );
    }
  }
  return { alive, nameNorms, bodyNorms };
}
