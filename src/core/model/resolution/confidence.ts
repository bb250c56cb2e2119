import type { CodePointer, Signal } from './codePointer.ts';

/** Signals by which an issue points at a place; the others compare words, of which each file has some. */
export const TELLING: ReadonlySet<Signal> = new Set<Signal>([
  'traceback',
  'tests',
  'mention',
  'message',
  'literal',
  'named',
  'called',
  'titleDefinition',
  'definition',
  'model',
]);
/** Of them, those that name the place itself. */
const NAMING: ReadonlySet<Signal> = new Set<Signal>([
  'traceback',
  'tests',
  'mention',
  'named',
  'titleDefinition',
  'model',
]);

/**
 * How sure a place is, in words, since scores only compare the places of one answer: the best of wrong
 * places has 1, too. `likely`: the issue names it; `possible`: it leads there in another way; `guess`:
 * words are all that speaks for it.
 */
export function confidenceIn({
  signals,
}: Pick<CodePointer, 'signals'>): 'likely' | 'possible' | 'guess' {
  const has = (some: ReadonlySet<Signal>): boolean =>
    [...some].some((signal) => (signals[signal] ?? 0) > 0);
  if (has(NAMING)) return 'likely';
  return has(TELLING) ? 'possible' : 'guess';
}
