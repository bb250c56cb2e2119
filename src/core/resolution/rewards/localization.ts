import type { CodePointer } from '../../model/resolution/codePointer.ts';
import type { GoldPlaces } from './goldPlaces.ts';

/**
 * Ranks of what was to be found, from 1, in the order of the gold patch; `Infinity` for what is not
 * among the places. Files are ranked among files, functions among what lies in files.
 */
export interface GoldRanks {
  readonly files: readonly number[];
  readonly functions: readonly number[];
}

/** @param places best first, as a localizer gives them */
export function ranksOfGold(places: readonly CodePointer[], gold: GoldPlaces): GoldRanks {
  const files = places.filter(({ kind }) => kind === 'file').map(({ path }) => path);
  const inside = places
    .filter(({ kind }) => kind !== 'file')
    .map(({ path, symbol }) => nameOf(path, symbol ?? ''));
  return {
    files: gold.files.map(({ path }) => rankOf(path, files)),
    functions: gold.functions.map(({ path, symbol }) => rankOf(nameOf(path, symbol), inside)),
  };
}

function nameOf(path: string, symbol: string): string {
  return `${path}\n${symbol}`;
}

function rankOf(wanted: string, found: readonly string[]): number {
  const at = found.indexOf(wanted);
  return at === -1 ? Infinity : at + 1;
}

/**
 * Share of the gold that is among the first `limit`: |gold ∩ first| / |gold|, from 0 to 1; `undefined`
 * where there is nothing to find.
 *
 * Blind spots: it counts what is found and not what is handed over beside it, so that without a limit
 * a localizer that names every file has 1. It knows one way to resolve an issue: a place where another
 * good fix could be made counts nothing. Of a rank alone it sees on which side of the limit it is.
 */
export function recallWithin(ranks: readonly number[], limit: number): number | undefined {
  if (ranks.length === 0) return undefined;
  return ranks.filter((rank) => rank <= limit && rank !== Infinity).length / ranks.length;
}

/**
 * 1 / rank of the first gold, from 0 (not found) to 1; `undefined` where there is nothing to find. Its
 * mean over instances is the mean reciprocal rank, MRR.
 *
 * Blind spots: only the first counts, however many are to be found; and the step from rank 1 to 2
 * weighs as much as that from 2 to the end of the list.
 */
export function reciprocalRank(ranks: readonly number[]): number | undefined {
  return ranks.length === 0 ? undefined : 1 / Math.min(...ranks);
}

/**
 * Share of the lines that the gold patch touches within the ranges of the places, from 0 to 1;
 * `undefined` where it touches none. A file counts as a whole where the answer names nothing finer in
 * it, since then all of it is handed on.
 *
 * Blind spots: whole files have all their lines, so that it says nothing without the size of the
 * answer (`linesHandedOn`). A line that is added counts for the one before it, which need not be where
 * another fix would add it.
 */
export function lineRecall(
  places: readonly CodePointer[],
  { files }: Pick<GoldPlaces, 'files'>,
): number | undefined {
  const all = files.reduce((sum, { lines }) => sum + lines.length, 0);
  if (all === 0) return undefined;
  const found = files.map(({ path, lines }) => {
    const here = places.filter((place) => place.path === path);
    const ranges = here.flatMap(({ range }) => (range === null ? [] : [range]));
    if (ranges.length === 0) return here.length === 0 ? 0 : lines.length;
    return lines.filter((line) =>
      ranges.some(({ start, end }) => start.line <= line && line < end.line),
    ).length;
  });
  return found.reduce((sum, one) => sum + one, 0) / all;
}

/**
 * How many lines an answer hands on that names something finer than files: what recall is bought with.
 * Lines of several places count once.
 */
export function linesHandedOn(places: readonly CodePointer[]): number {
  const lines = new Map<string, Set<number>>();
  for (const { path, range } of places) {
    if (range === null) continue;
    const known = lines.get(path) ?? new Set();
    for (let line = range.start.line; line < range.end.line; line += 1) known.add(line);
    lines.set(path, known);
  }
  return [...lines.values()].reduce((sum, { size }) => sum + size, 0);
}
