import type { Vectors } from '../../model/ports/vectors.ts';

import type { Candidate } from './rank.ts';
import type { Candidates } from './relevance.ts';
import type { Words } from '../words/words.ts';

export interface CandidateQuery {
  readonly text: string;
  /** Of the text; words bring up candidates alone without it. */
  readonly vector: Float32Array | undefined;
  /** Rows to look among; all when absent. */
  readonly rows: ReadonlySet<number> | undefined;
  /** How many documents words bring up; 200 when absent. */
  readonly wordPool?: number;
}

/** How many documents words and meaning each bring up. */
const POOL = 200;
/** Documents whose mean cosine stands for that of all. */
const SAMPLE = 256;
/** Int8 weights make a vector jitter in the fifth decimal. */
const COSINE_STEPS = 10_000;

/** What words and meaning bring up, each judged by both. */
export function gatherCandidates(
  { words, vectors }: { readonly words: Words; readonly vectors: Vectors },
  { text, vector, rows, wordPool = POOL }: CandidateQuery,
): Candidates<Candidate> {
  const matches = words.match(text, wordPool, rows);
  const rowsOf = (textHash: string): readonly number[] => {
    const all = words.rowsOfText(textHash);
    return rows === undefined ? all : all.filter((rowId) => rows.has(rowId));
  };
  const nearest =
    vector === undefined
      ? []
      : vectors.nearest(vector, POOL, (textHash) => rowsOf(textHash).length > 0);
  const cosines = new Map(
    nearest.flatMap(({ textHash, cosine }) =>
      rowsOf(textHash).map((rowId) => [rowId, cosine] as const),
    ),
  );
  const matching = matches.best.map(({ rowId }) => rowId);
  const others = matching.filter((rowId) => !cosines.has(rowId));
  if (vector !== undefined) {
    const hashes = others.map((rowId) => words.textHashOf(rowId) ?? '');
    vectors.cosines(vector, hashes).forEach((cosine, at) => {
      const rowId = others[at];
      if (cosine !== undefined && rowId !== undefined) cosines.set(rowId, cosine);
    });
  }
  const documents = [...new Set([...matching, ...cosines.keys()])].map((rowId) => {
    const cosine = cosines.get(rowId);
    return {
      ...matches.of(rowId),
      cosine: cosine === undefined ? undefined : Math.round(cosine * COSINE_STEPS) / COSINE_STEPS,
    };
  });
  const spread = vector === undefined ? [] : vectors.cosines(vector, words.spread(SAMPLE, rows));
  // What begins a word is no word to the model.
  const background = matches.isBeginning ? undefined : meanOf(spread);
  const { asked, lacking } = matches;
  return { documents, asked, lacking, background };
}

/** Of those that are known, none less than 0. */
function meanOf(cosines: readonly (number | undefined)[]): number | undefined {
  const known = cosines.filter((cosine) => cosine !== undefined);
  if (known.length === 0) return undefined;
  return known.reduce((sum, cosine) => sum + Math.max(0, cosine), 0) / known.length;
}
