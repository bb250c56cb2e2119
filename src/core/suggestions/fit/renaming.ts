import type { BegunFunction } from '../place/place.ts';
import type { WrittenFunction } from '../../model/suggestions/suggestion.ts';

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
    const other = names.get(found) ?? (word === undefined ? found : replaceWord(found, word));
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

interface WordPair {
  readonly from: string;
  readonly to: string;
}

const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{N}+/gu;
/** Shorter words stand in too many others. */
const FEWEST_LETTERS = 3;

/** The one word in which two names of as many words differ, in lower case. */
function differingWord(from: string, to: string): WordPair | undefined {
  const old = from.match(PART) ?? [];
  const wanted = to.match(PART) ?? [];
  if (old.length !== wanted.length || old.length < 2 || old.length > 12) return undefined;
  const at = old.flatMap((part, index) => (same(part, wanted[index] ?? '') ? [] : [index]));
  const [only] = at;
  if (only === undefined || only === 0 || at.length > 1) return undefined;
  const pair = { from: (old[only] ?? '').toLowerCase(), to: (wanted[only] ?? '').toLowerCase() };
  const isLong = Math.min(pair.from.length, pair.to.length) >= FEWEST_LETTERS;
  return isLong ? pair : undefined;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Replaces the word in a name, and its plural, as it is written there: `user`, `User`, `USER`. */
function replaceWord(name: string, { from, to }: WordPair): string {
  return name.replace(PART, (part) => {
    const lower = part.toLowerCase();
    if (lower === from) return written(to, part);
    return lower === `${from}s` ? written(`${to}s`, part) : part;
  });
}

function written(word: string, like: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase();
  const first = like.charAt(0);
  return first === first.toUpperCase() ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}
