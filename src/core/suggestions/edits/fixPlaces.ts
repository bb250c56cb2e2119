import type { CodeToken, TokenFile } from '../../model/suggestions/edit.ts';
import { isVariable } from './editTemplate.ts';
import { hunksBetween, type TokenHunk } from './tokenHunks.ts';

/** A fix as it was made in one function: what of it can be made elsewhere, and what tells where. */
export interface KnownFix {
  readonly before: TokenFile;
  readonly after: TokenFile;
  readonly hunks: readonly TokenHunk[];
}

/** A stretch of a file in which a fix is looked for, as positions of tokens; `to` is exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** One hunk of a fix put to another place. */
export interface PlacedHunk {
  readonly hunk: TokenHunk;
  /** Positions of the tokens there that are to go; equal where something is added. */
  readonly from: number;
  readonly to: number;
  /** What the variables of the fix are called there. */
  readonly names: ReadonlyMap<string, string>;
  /** How much the code around it and what goes tell, in names that are the same. */
  readonly likeness: number;
}

/** What is looked at on each side of a hunk. */
const MOST_AROUND = 24;
/** A sign or a keyword tells this much of what a name does. */
const SIGN = 0.1;
/** A variable that is called otherwise, used as it is there. */
const VARIABLE = 0.25;
/** Another name or literal where neither goes nor comes; so many are taken on each side. */
const SWAPPED = 0.3;
const MOST_SWAPPED = 3;
const ENOUGH_AROUND = 0.3;
/** A hunk that fits at more places of one stretch tells nothing about any of them. */
const MOST_PLACES = 400;

/** `undefined` where nothing but layout or comments was changed, or too much. */
export function knownFix(before: TokenFile, after: TokenFile): KnownFix | undefined {
  const hunks = hunksBetween(before, after);
  return hunks.length === 0 ? undefined : { before, after, hunks };
}

/** Where the code of a stretch is as it was where a hunk was made; the likeliest first. */
export function placesOfHunk(
  { before, after }: KnownFix,
  hunk: TokenHunk,
  tokens: readonly CodeToken[],
  stretch: Stretch,
): readonly PlacedHunk[] {
  const old = before.tokens;
  const removed = hunk.to - hunk.from;
  const isLikely = firstLook(old, hunk, tokens);
  const found: PlacedHunk[] = [];
  const needed = neededNames(after, hunk, { old, there: tokens.slice(stretch.from, stretch.to) });
  for (let at = stretch.from; at + removed <= stretch.to; at += 1) {
    if (found.length === MOST_PLACES) break;
    if (!isLikely(at)) continue;
    const comparison = compareTo(old, tokens);
    if (!comparison.agree(hunk.from, at, removed)) continue;
    const left = comparison.extend(hunk.from - 1, at - 1, -1, stretch);
    const right = comparison.extend(hunk.to, at + removed, 1, stretch);
    // What is only added needs neighbours, which tell more than one bracket does.
    if (removed === 0 && (left + right < ENOUGH_AROUND || Math.min(left, right) === 0)) continue;
    const names = comparison.names();
    if (needed.some((name) => !names.has(name))) continue;
    if (isThere(after, hunk, { names, tokens, at, removed })) continue;
    const likeness = comparison.likeness() + left + right;
    found.push({ hunk, from: at, to: at + removed, names, likeness });
  }
  return found.sort((a, b) => b.likeness - a.likeness);
}

/** Rules out most positions by one or two tokens, since whole files are looked through. */
function firstLook(
  old: readonly CodeToken[],
  { from, to }: TokenHunk,
  tokens: readonly CodeToken[],
): (at: number) => boolean {
  const anchor = old
    .slice(from, to)
    .findIndex((token, offset) => token.text !== '' && !isVariable(old, from + offset));
  if (anchor >= 0) return (at) => tokens[at + anchor]?.text === old[from + anchor]?.text;
  const isNeighbour = (oldAt: number, at: number): boolean =>
    isVariable(old, oldAt) || old[oldAt]?.text === tokens[at]?.text;
  const removed = to - from;
  return (at) => isNeighbour(from - 1, at - 1) || isNeighbour(to, at + removed);
}

interface Comparison {
  /** Whether as many tokens are the same from there on. */
  agree(oldAt: number, at: number, count: number): boolean;
  /** How much the tokens in one direction are alike; reaching an end together counts too. */
  extend(oldAt: number, at: number, step: 1 | -1, stretch: Stretch): number;
  names(): ReadonlyMap<string, string>;
  /** Of what `agree` compared. */
  likeness(): number;
}

function compareTo(old: readonly CodeToken[], tokens: readonly CodeToken[]): Comparison {
  const names = new Map<string, string>();
  const taken = new Map<string, string>();
  let likeness = 0;
  function bind(from: string, to: string): boolean {
    if ((names.get(from) ?? to) !== to || (taken.get(to) ?? from) !== from) return false;
    names.set(from, to);
    taken.set(to, from);
    return true;
  }
  /** How much two tokens are alike; `undefined` where they are not. */
  function compare(oldAt: number, at: number): number | undefined {
    const wanted = old[oldAt];
    const token = tokens[at];
    if (wanted === undefined || token === undefined) return undefined;
    if (isVariable(old, oldAt) && isVariable(tokens, at)) {
      if (!bind(wanted.text, token.text)) return undefined;
      return wanted.text === token.text ? 1 : VARIABLE;
    }
    if (wanted.text !== token.text) return undefined;
    return wanted.kind === 'fixed' ? SIGN : 1;
  }
  /** Another name or literal in the place of one. */
  function isSwapped(oldAt: number, at: number): boolean {
    const [wanted, token] = [old[oldAt], tokens[at]];
    if (wanted === undefined || token?.kind !== wanted.kind || wanted.kind === 'fixed') {
      return false;
    }
    return bind(wanted.text, token.text);
  }
  return {
    agree(oldAt, at, count) {
      for (let offset = 0; offset < count; offset += 1) {
        const alike = compare(oldAt + offset, at + offset);
        if (alike === undefined) return false;
        likeness += alike;
      }
      return true;
    },
    extend(oldAt, at, step, { from, to }) {
      let sum = 0;
      let best = 0;
      let swapped = 0;
      for (let count = 0; count < MOST_AROUND; count += 1) {
        const [oldHere, here] = [oldAt + step * count, at + step * count];
        const isOver = here < from || here >= to;
        const isOldOver = oldHere < 0 || oldHere >= old.length;
        if (isOver || isOldOver) return isOver && isOldOver ? sum + 1 : best;
        const alike = compare(oldHere, here);
        if (alike !== undefined) sum += alike;
        else {
          swapped += 1;
          if (swapped > MOST_SWAPPED || !isSwapped(oldHere, here)) break;
          sum -= SWAPPED;
        }
        best = Math.max(best, sum);
      }
      return best;
    },
    names: () => names,
    likeness: () => likeness,
  };
}

/**
 * Whether what a hunk adds to what it keeps stands there already, before or behind: the place where it
 * was made, or one that was mended alike.
 */
function isThere(
  after: TokenFile,
  { newFrom, newTo }: TokenHunk,
  place: {
    readonly names: ReadonlyMap<string, string>;
    readonly tokens: readonly CodeToken[];
    readonly at: number;
    readonly removed: number;
  },
): boolean {
  const { names, tokens, at, removed } = place;
  const written = after.tokens
    .slice(newFrom, newTo)
    .map((token) => names.get(token.text) ?? token.text);
  const standsAt = (start: number, wanted: readonly string[]): boolean =>
    start >= 0 && wanted.every((text, offset) => tokens[start + offset]?.text === text);
  const added = written.length - removed;
  if (added <= 0) return false;
  const goesBefore = standsAt(at, written.slice(added));
  const goesBehind = standsAt(at, written.slice(0, removed));
  return (
    (goesBefore && standsAt(at - added, written.slice(0, added))) ||
    (goesBehind && standsAt(at + removed, written.slice(removed)))
  );
}

/** Variables that a hunk writes, that are of the place it was made in, and that a stretch has not. */
function neededNames(
  after: TokenFile,
  { newFrom, newTo }: TokenHunk,
  { old, there }: { readonly old: readonly CodeToken[]; readonly there: readonly CodeToken[] },
): readonly string[] {
  const known = new Set(there.map(({ text }) => text));
  const own = new Set(old.map(({ text }) => text));
  const written = after.tokens.slice(newFrom, newTo).map(({ text }) => text);
  const isNeeded = (name: string, offset: number): boolean =>
    isVariable(after.tokens, newFrom + offset) && own.has(name) && !known.has(name);
  return [...new Set(written.filter(isNeeded))];
}
