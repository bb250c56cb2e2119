import { createHash } from 'node:crypto';

import type { StatementCorpus } from './corpus.ts';
import type { FrequentRun } from './frequent.ts';
import { spanOf, type PlaceSpan } from './places.ts';

/** A place that begins as an idiom does and goes on otherwise. */
export interface DeviatingSpan extends PlaceSpan {
  /** Of what stands there: 8 hexadecimal digits, equal wherever the file moves it. */
  readonly mark: string;
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
  const found: DeviatingSpan[] = [];
  for (let at = 0; at < symbols.length; at += 1) {
    if (symbols[at] !== first || own.has(at) || goesOnWith(corpus, symbols, at, second)) continue;
    found.push({ ...spanOf(corpus, at, 1), mark: markOf(corpus, at) });
  }
  return places.length >= LEAST_SHARE * (places.length + found.length) ? found : [];
}

function goesOnWith(
  { files, runs, starts, ends }: StatementCorpus,
  symbols: Float64Array,
  at: number,
  wanted: number | undefined,
): boolean {
  let last = at;
  while (last - at < LOOKED_AHEAD && runs[last + 1] === runs[at]) last += 1;
  const [from = 0, to = 0] = [starts[at], ends[last]];
  // Blocks stand apart from what they are in, before or behind it, but in the same file.
  for (const step of [-1, 1]) {
    for (let other = at + step; files[other] === files[at]; other += step) {
      const start = starts[other] ?? 0;
      if (start >= from && start < to && symbols[other] === wanted) return true;
    }
  }
  return false;
}

function markOf({ levels, runs }: StatementCorpus, at: number): string {
  const isLast = runs[at + 1] !== runs[at];
  const shown = [levels[FINE]?.[at], isLast ? 0 : levels[FINE]?.[at + 1]];
  return createHash('sha1').update(shown.join(' ')).digest('hex').slice(0, 8);
}
