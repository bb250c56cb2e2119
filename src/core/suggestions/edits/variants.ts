import type { EditPlace } from '../../model/suggestions/edit.ts';
import { lowerParts } from '../nameParts.ts';
import type { FunctionChange } from './twinPlaces.ts';
import type { FunctionFile } from './spoiledFunctions.ts';

/** Where a change was made, by the names that tell what its code is about. */
export interface MadePlace {
  readonly path: string;
  /** The lines that went. */
  readonly before: string;
  /** `undefined` outside of functions. */
  readonly function: FunctionChange['function'] | undefined;
}

/** Shorter words stand in too many names. */
const FEWEST_LETTERS = 3;

/**
 * Whether what is written in a place says what only the place of the change is about: `JSONEq` in a
 * test of TOML. A name's first word, mostly a verb, says nothing of that.
 */
export function isOfAnotherVariant(made: MadePlace, file: FunctionFile, place: EditPlace): boolean {
  const old = new Set(lowerParts(place.before));
  const brought = lowerParts(place.after).filter(
    (word) => word.length >= FEWEST_LETTERS && !old.has(word),
  );
  if (brought.length === 0) return false;
  const there = new Set(
    [place.path, nameAround(file, place), ...linesAround(file, place)].flatMap(lowerParts),
  );
  const here = new Set([
    ...lowerParts(made.path),
    ...lowerParts(made.function?.name ?? '').slice(1),
    ...lowerParts(made.before),
  ]);
  return brought.some((word) => here.has(word) && !there.has(word));
}

function nameAround({ text, functions }: FunctionFile, { startLine }: EditPlace): string {
  const start = text.split('\n').slice(0, startLine).join('\n').length + 1;
  const around = functions.findLast((one) => one.startIndex <= start && one.endIndex > start);
  return around?.name ?? '';
}

/** What a place is about may be said beside it; further off, something else may be. */
const LINES_AROUND = 4;

function linesAround({ text }: FunctionFile, { startLine, endLine }: EditPlace): readonly string[] {
  return text.split('\n').slice(Math.max(0, startLine - LINES_AROUND), endLine + LINES_AROUND);
}

const OTHERWISE = /^\W*(?:else|elif|elsif|elseif|except|catch|rescue|default)\b/;
const MOST_LINES_BACK = 12;

/**
 * Whether a place is what is done where the code above it, which is as the change leaves code,
 * cannot be: with both the same, there would be nothing left to fall back on.
 */
export function isFallback({ text }: FunctionFile, { startLine, after }: EditPlace): boolean {
  const above = text.split('\n').slice(Math.max(0, startLine - MOST_LINES_BACK), startLine);
  const otherwise = above.findLastIndex((line) => OTHERWISE.test(line));
  if (otherwise === -1) return false;
  return squeezed(above.slice(0, otherwise).join('')).includes(squeezed(after));
}

/** However its author breaks and indents it. */
function squeezed(code: string): string {
  return code.replace(/\s+/g, '');
}
