import type { CodeToken } from '../../model/suggestions/edit.ts';
import { differingParts, lowerParts, replaceParts, type PartsPair } from '../nameParts.ts';
import { isVariable } from './editTemplate.ts';
import { givenNames } from './unknownNames.ts';
import { changesBetween } from './replacements.ts';

/** A function with its tokens, which are some of those of its file. */
export interface FunctionTokens {
  readonly name: string;
  /** Position of its first token in the file. */
  readonly first: number;
  readonly tokens: readonly CodeToken[];
}

/** What stands where in two functions that are the same but for names and a little more. */
export interface Twin {
  /** Of tokens of the one, the positions of those of the other. */
  readonly positions: ReadonlyMap<number, number>;
  /** Whether a token is called there as the two functions call things. */
  readonly isExplained: (at: number) => boolean;
  /** What a name or literal of the one is called in the other; variables by what they stand for. */
  readonly rename: (text: string, isVariable: boolean) => string;
}

/** Smaller functions are alike by chance. */
const FEWEST_TOKENS = 16;
/** Longer ones take too long to compare with each of the others. */
const MOST_TOKENS = 1_500;
/** Of the tokens of the longer one, those that stand in both. */
const LEAST_ALIKE = 0.9;
/** Of the names and literals in both, those that are the same or differ as the others do. */
const LEAST_EXPLAINED = 0.9;
/** Names in which the same words differ, each once, before these words are replaced in others. */
const FEWEST_NAMES = 2;
/** Names that are the same in both, each once: what both functions do is told by them. */
const FEWEST_SHARED = 2;

interface Pair {
  readonly from: string;
  readonly to: string;
  readonly isVariable: boolean;
}

/** Of the tokens of a function, those that a change is about; `to` is exclusive. */
interface Changed {
  readonly from: number;
  readonly to: number;
}

/**
 * `undefined` where two functions are not twins, or are the same: enough has to be alike beyond what
 * is changed.
 *
 * @param path of the file of both, for what its language gives is called the same everywhere
 */
export function twinOf(
  one: FunctionTokens,
  other: FunctionTokens,
  { path, changed }: { readonly path: string; readonly changed: Changed },
): Twin | undefined {
  const longest = Math.max(one.tokens.length, other.tokens.length);
  const shortest = Math.min(one.tokens.length, other.tokens.length);
  if (shortest < FEWEST_TOKENS || longest > MOST_TOKENS) return undefined;
  if (shortest < longest * LEAST_ALIKE) return undefined;
  const given = givenNames(path);
  const { positions, pairs } = pairsOf(one, other, given);
  const beyond = [...positions.keys()].filter((at) => at < changed.from || at >= changed.to);
  if (positions.size < longest * LEAST_ALIKE || beyond.length < FEWEST_TOKENS) return undefined;
  const all = [...pairs.values()];
  const variables = bijection(all.filter((pair) => pair.isVariable));
  const others = bijection(all.filter((pair) => !pair.isVariable));
  const words = commonWords([{ from: one.name, to: other.name }, ...all]);
  const rename: Twin['rename'] = (text, isOfPlace) =>
    (isOfPlace ? variables : others).get(text) ??
    (given.has(text) ? text : words.reduce((name, pair) => replaceParts(name, pair), text));
  const isRight = (pair: Pair): boolean =>
    pair.from === pair.to || rename(pair.from, pair.isVariable) === pair.to;
  const explained = all.filter(isRight).length;
  const shared = new Set(all.flatMap(({ from, to }) => (from === to ? [from] : [])));
  if (explained < all.length * LEAST_EXPLAINED || shared.size < FEWEST_SHARED) return undefined;
  return {
    positions,
    rename,
    isExplained(at) {
      const pair = pairs.get(at);
      return pair === undefined || isRight(pair);
    },
  };
}

/** Of tokens that stand in both, where they do and what they are called. */
function pairsOf(
  one: FunctionTokens,
  other: FunctionTokens,
  given: ReadonlySet<string>,
): {
  readonly positions: ReadonlyMap<number, number>;
  readonly pairs: ReadonlyMap<number, Pair>;
} {
  const positions = new Map<number, number>();
  const pairs = new Map<number, Pair>();
  for (const [at, there] of alignedPositions(one.tokens, other.tokens)) {
    const [from, to] = [one.tokens[at], other.tokens[there]];
    if (from === undefined || to === undefined) continue;
    const isOfPlace = isVariable(one.tokens, at);
    const isSame = from.text === to.text;
    // A variable is no twin of a call, nor is any name of one that the language gives.
    const isOtherKind = isOfPlace !== isVariable(other.tokens, there);
    if (!isSame && (isOtherKind || given.has(from.text) || given.has(to.text))) continue;
    positions.set(at, there);
    if (from.kind === 'fixed') continue;
    pairs.set(at, { from: from.text, to: to.text, isVariable: isOfPlace });
  }
  return { positions, pairs };
}

/** Of tokens that are the same but for names and literals, what stands for what. */
function alignedPositions(
  one: readonly CodeToken[],
  other: readonly CodeToken[],
): ReadonlyMap<number, number> {
  const shapes = (tokens: readonly CodeToken[]): readonly string[] =>
    tokens.map(({ kind, text }) => (kind === 'fixed' ? text : kind));
  const most = Math.ceil((one.length + other.length) * (1 - LEAST_ALIKE));
  const positions = new Map<number, number>();
  let at = 0;
  let there = 0;
  for (const { added, removed, count } of changesBetween(shapes(one), shapes(other), most)) {
    if (!added && !removed) {
      for (let step = 0; step < count; step += 1) positions.set(at + step, there + step);
    }
    if (!added) at += count;
    if (!removed) there += count;
  }
  return positions;
}

/** Variables that are called one thing each in both functions. */
function bijection(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  const torn = new Set<string>();
  for (const { from, to } of pairs) {
    if ((names.get(from) ?? to) !== to || (taken.get(to) ?? from) !== from) torn.add(from);
    names.set(from, to);
    taken.set(to, from);
  }
  for (const name of torn) names.delete(name);
  return names;
}

/** Words that all names have differently in the same way; the longest first. */
function commonWords(pairs: readonly Pick<Pair, 'from' | 'to'>[]): readonly PartsPair[] {
  const found = new Map<string, Map<string, PartsPair>>();
  const names = new Map<string, Set<string>>();
  const stays = new Set<string>();
  for (const { from, to } of pairs) {
    const words = from === to ? undefined : differingParts(from, to);
    if (words === undefined) {
      if (from === to) stays.add(lowerParts(from).join(' '));
      continue;
    }
    const key = words.from.join(' ');
    const called = found.get(key) ?? new Map<string, PartsPair>();
    called.set(words.to.join(' '), words);
    found.set(key, called);
    names.set(key, (names.get(key) ?? new Set()).add(from));
  }
  return [...found]
    .flatMap(([key, called]) => {
      const [only, ...more] = called.values();
      const isTold = (names.get(key)?.size ?? 0) >= FEWEST_NAMES;
      return only === undefined || more.length > 0 || stays.has(key) || !isTold ? [] : [only];
    })
    .sort((a, b) => b.from.length - a.from.length);
}
