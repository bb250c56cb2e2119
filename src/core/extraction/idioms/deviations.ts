import type { StatementCorpus } from './corpus.ts';
import type { FrequentRun } from './frequent.ts';
import { spanOf, type PlaceSpan } from './places.ts';

/** A place that begins as an idiom does and goes on otherwise. */
export interface DeviatingSpan extends PlaceSpan {
  /** See `DeviatingPlace`. */
  readonly shape: string;
}

const LEAST_PLACES = 5;
/** Of what begins so, the share that must go on as the idiom does. */
const LEAST_SHARE = 0.65;
/** Statements that may stand between. */
const LOOKED_AHEAD = 4;
/** Columns of `StatementCorpus.levels`. */
const COARSE = 0;
const FINE = 1;

/**
 * Places that begin with the first statement of an idiom and have not its second one among the next
 * few, nor in a block of those. Most of them have their reasons, so that they are told and no more.
 */
export function deviationsOf(
  corpus: StatementCorpus,
  { level, length, places }: FrequentRun,
): readonly DeviatingSpan[] {
  const [start = 0] = places;
  if (length < 2 || places.length < LEAST_PLACES) return [];
  const symbols = corpus.levels[level === FINE ? COARSE : level] ?? new Float64Array();
  const [first, second] = [symbols[start], symbols[start + 1]];
  const own = new Set(places);
  const most = places.length * (1 / LEAST_SHARE - 1);
  const found: DeviatingSpan[] = [];
  for (let at = 0; at < symbols.length; at += 1) {
    if (symbols[at] !== first || own.has(at) || goesOnWith(corpus, symbols, at, second)) continue;
    if (found.length + 1 > most) return [];
    found.push({ ...spanOf(corpus, at, 1), shape: shapeOf(corpus, at) });
  }
  return found;
}

/** Whether a statement stands among the next few or in a block of those, or of this one. */
function goesOnWith(
  { files, runs, starts, ends, inOrder, ranks }: StatementCorpus,
  symbols: Float64Array,
  at: number,
  wanted: number | undefined,
): boolean {
  let last = at;
  while (last - at < LOOKED_AHEAD && runs[last + 1] === runs[at]) last += 1;
  const end = ends[last] ?? 0;
  for (let rank = (ranks[at] ?? 0) + 1; rank < inOrder.length; rank += 1) {
    const other = inOrder[rank] ?? 0;
    if (files[other] !== files[at] || (starts[other] ?? 0) >= end) return false;
    if (symbols[other] === wanted) return true;
  }
  return false;
}

function shapeOf({ levels, runs }: StatementCorpus, at: number): string {
  const isLast = runs[at + 1] !== runs[at];
  return [levels[FINE]?.[at], isLast ? 0 : levels[FINE]?.[at + 1]].join(' ');
}
