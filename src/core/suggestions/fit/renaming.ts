import type { BegunFunction } from '../place/place.ts';
import type { WrittenFunction } from '../../model/suggestions/suggestion.ts';
import { differingParts, lowerParts, replaceParts, type PartsPair } from '../nameParts.ts';

const TOKEN = /[\p{L}_$@][\p{L}\p{N}_$]*|\d[\w.]*|\S/gu;
const NAME = /^[\p{L}_$@]/u;
const NAMES = /[\p{L}_$@][\p{L}\p{N}_$]*/gu;
/**
 * Strings, escaped quotes outside of them, and names; only the last are renamed. Without the escaped
 * quotes each of them would be tried as the start of a string again.
 */
const STRINGS_AND_NAMES =
  /\\["'`\\]|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|[\p{L}_$@][\p{L}\p{N}_$]*/gu;

/**
 * Renames what two heads call differently, where it is certain which name stands for which: the
 * function itself, its parameters and types where both heads are built alike, and the one word in
 * which the two names differ. A first word, mostly a verb, is never taken for another one.
 */
export function renamed(
  text: string,
  from: Pick<WrittenFunction, 'name' | 'head'>,
  to: Pick<BegunFunction, 'name' | 'head'>,
): string {
  const names = pairedNames(from, to);
  const word = differingWord(from.name, to.name);
  if (names.size === 0 && word === undefined) return text;
  const present = new Set(text.match(NAMES));
  return text.replace(STRINGS_AND_NAMES, (found) => {
    if (!NAME.test(found)) return found;
    const other = names.get(found) ?? (word === undefined ? found : replaceParts(found, word));
    // What the text calls something else already must not come to mean two things.
    return other !== found && present.has(other) ? found : other;
  });
}

function pairedNames(
  from: Pick<WrittenFunction, 'name' | 'head'>,
  to: Pick<BegunFunction, 'name' | 'head'>,
): ReadonlyMap<string, string> {
  const old = from.head.match(TOKEN) ?? [];
  const wanted = to.head.match(TOKEN) ?? [];
  if (!areBuiltAlike(old, wanted)) return onlyOwnName(from.name, to.name);
  const paired = new Map<string, string>();
  const taken = new Map<string, string>();
  for (const [at, token] of old.entries()) {
    const other = wanted[at] ?? token;
    if (!NAME.test(token)) continue;
    // One name for two things, or two for one: nothing is certain.
    if ((paired.get(token) ?? other) !== other || (taken.get(other) ?? token) !== token) {
      return onlyOwnName(from.name, to.name);
    }
    paired.set(token, other);
    taken.set(other, token);
  }
  return paired;
}

/** Whether two heads differ in names and literals only. */
function areBuiltAlike(old: readonly string[], wanted: readonly string[]): boolean {
  return (
    old.length === wanted.length &&
    old.every((token, at) => {
      const other = wanted[at] ?? '';
      if (NAME.test(token)) return NAME.test(other);
      return token === other || /^\d/.test(token + other);
    })
  );
}

function onlyOwnName(from: string, to: string): ReadonlyMap<string, string> {
  return NAME.test(from) && /^[\p{L}\p{N}_$@]+$/u.test(from + to)
    ? new Map([[from, to]])
    : new Map();
}

/** Shorter words stand in too many others. */
const FEWEST_LETTERS = 3;
const MOST_WORDS = 12;

/** The one word in which two names of as many words differ, in lower case. */
function differingWord(one: string, other: string): PartsPair | undefined {
  const [old, wanted] = [lowerParts(one), lowerParts(other)];
  if (old.length !== wanted.length || old.length > MOST_WORDS || old[0] !== wanted[0]) {
    return undefined;
  }
  const pair = differingParts(one, other);
  const [from = '', ...more] = pair?.from ?? [];
  const isLong = Math.min(from.length, pair?.to[0]?.length ?? 0) >= FEWEST_LETTERS;
  return isLong && more.length === 0 ? pair : undefined;
}
