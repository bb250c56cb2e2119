import * as z from 'zod/mini';
import { isFields, isListOf, isText, known, parseFields, readAs } from '../fields.ts';
import { MOST_FILES } from './located.ts';

/** Where a folder of an instance holds the files that were found, and what was said of each. */
export const RANKING_FILE = '02_ranking.json';
export const DECISIONS_FOLDER = '01_relevance_decisions';

const RANKING = z.object({ ranked_files: known(isListOf(isRanked)) });
const DECISION = z.object({ summary: z.nullish(z.string()) });

function isRanked(value: unknown): value is { readonly path: string } {
  return isFields(value) && isText(value['path']);
}

/**
 * The paths of a `02_ranking.json` of CodeMonkeys, likeliest first: they are in the order that the
 * rankings of the model were joined to.
 *
 * @throws BadLine
 */
export function parseRanking(text: string): readonly string[] {
  const { ranked_files: ranked } = readAs(RANKING, parseFields(text));
  return [...new Set(ranked.map(({ path }) => path))].slice(0, MOST_FILES);
}

/**
 * What the model said of the file that a `01_relevance_decisions/<path>.json` is about; `undefined`
 * where it said nothing.
 *
 * @throws BadLine
 */
export function parseDecision(text: string): string | undefined {
  return readAs(DECISION, parseFields(text)).summary ?? undefined;
}
