/** Words that stand in a name one after the other, in lower case. */
export interface PartsPair {
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** What stands between the words of a name that has none of its own to go by. */
  readonly separator: string;
}

const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{N}+/gu;

/** The words of a name or of a literal as written: `parseJSONFile_2` has `parse`, `JSON`, `File`, `2`. */
export function partsOf(name: string): readonly string[] {
  return name.match(PART) ?? [];
}

const NAMES = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Whole names in code or in a literal, each as often as it stands there. */
export function namesIn(text: string): readonly string[] {
  return text.match(NAMES) ?? [];
}

/** In lower case. */
export function lowerParts(name: string): readonly string[] {
  return partsOf(name).map((part) => part.toLowerCase());
}

/**
 * The words in which two names differ, between those they begin and those they end with alike;
 * `undefined` where one of them has nothing there.
 */
export function differingParts(one: string, other: string): PartsPair | undefined {
  const [old, wanted] = [lowerParts(one), lowerParts(other)];
  const fewest = Math.min(old.length, wanted.length);
  let start = 0;
  while (start < fewest && old[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < fewest - start && old.at(-1 - end) === wanted.at(-1 - end)) end += 1;
  const from = old.slice(start, old.length - end);
  const to = wanted.slice(start, wanted.length - end);
  if (from.length === 0 || to.length === 0) return undefined;
  return { from, to, separator: other.includes('_') ? '_' : '' };
}

/**
 * A name with some of its words replaced, written as they are there: `user`, `User`, `USER`; with the
 * one word replaced its plural is, too.
 */
export function replaceParts(name: string, pair: PartsPair): string {
  const parts = [...name.matchAll(PART)];
  const count = pair.from.length;
  let written = '';
  let at = 0;
  for (let first = 0; first + count <= parts.length; first += 1) {
    const run = parts.slice(first, first + count);
    const wanted = standingFor(run, pair);
    const last = run.at(-1);
    if (wanted === undefined || last === undefined) continue;
    written += name.slice(at, run[0]?.index) + writtenLike(wanted, run, between(name, pair));
    at = last.index + last[0].length;
    first += count - 1;
  }
  return written + name.slice(at);
}

function between(name: string, { separator }: PartsPair): string {
  return ['_', '-'].find((sign) => name.includes(sign)) ?? separator;
}

function standingFor(
  run: readonly RegExpExecArray[],
  { from, to }: PartsPair,
): readonly string[] | undefined {
  if (isRun(run, from)) return to;
  return isRun(run, plural(from)) ? plural(to) : undefined;
}

function plural(parts: readonly string[]): readonly string[] {
  return parts.length === 1 ? parts.map((part) => `${part}s`) : parts;
}

function isRun(run: readonly RegExpExecArray[], parts: readonly string[]): boolean {
  return run.every(([part], at) => part.toLowerCase() === parts[at]);
}

function writtenLike(
  parts: readonly string[],
  run: readonly RegExpExecArray[],
  sign: string,
): string {
  const [first = ''] = run[0] ?? [];
  const [next = first] = run[1] ?? [];
  const isCamel = sign === '' && first !== first.toUpperCase();
  return parts
    .map((part, at) => {
      if (at === 0) return cased(part, first);
      return isCamel ? capitalised(part) : cased(part, next);
    })
    .join(sign);
}

function cased(word: string, like: string): string {
  if (like.length > 1 && like === like.toUpperCase()) return word.toUpperCase();
  const first = like.charAt(0);
  return first === first.toUpperCase() ? capitalised(word) : word;
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
