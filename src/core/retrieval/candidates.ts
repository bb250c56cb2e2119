import type { Vectors } from '../model/ports.ts';

import type { Candidate } from './rank.ts';
import type { Words } from './words.ts';

export interface CandidateQuery {
  readonly text: string;
  /** Of the text; words bring up candidates alone without it. */
  readonly vector: Float32Array | undefined;
  /** Rows to look among; all when absent. */
  readonly rows: ReadonlySet<number> | undefined;
}

/** How many documents words and meaning each bring up. */
const POOL = 200;
/** Int8 weights make a vector jitter in the fifth decimal. */
const COSINE_STEPS = 10_000;

/** What words and meaning bring up, the best by words first, each judged by both. */
export function gatherCandidates(
  { words, vectors }: { readonly words: Words; readonly vectors: Vectors },
  { text, vector, rows }: CandidateQuery,
): readonly Candidate[] {
  const matches = words.match(text, POOL, rows);
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
  const cosineOf = (rowId: number): number | undefined => {
    const textHash = words.textHashOf(rowId);
    if (vector === undefined || textHash === undefined) return undefined;
    return vectors.get(textHash)?.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0);
  };
  const rowIds = new Set([...matches.best.map(({ rowId }) => rowId), ...cosines.keys()]);
  return [...rowIds].map((rowId) => {
    const cosine = cosines.get(rowId) ?? cosineOf(rowId);
    return {
      ...matches.of(rowId),
      cosine: cosine === undefined ? undefined : Math.round(cosine * COSINE_STEPS) / COSINE_STEPS,
    };
  });
}
