import type { EditPlace, TokenFile } from '../../model/suggestions/edit.ts';
import { isVariable } from './editTemplate.ts';
import { functionsAt } from './fitting.ts';
import type { ReplacedLines } from './replacements.ts';
import type { FunctionFile } from './spoiledFunctions.ts';
import { lineStartOf } from './tokenHunks.ts';
import { namesIn } from '../nameParts.ts';
import { twinOf, type FunctionTokens, type Twin } from './twins.ts';
import {
  indentedAs,
  indentOf,
  lineAt,
  reindented,
  stretchOf,
  tokensOfLines,
  wholeLines,
  withoutComments,
} from './wholeLines.ts';

/** A change within one function, as it is made where that function has a twin. */
export interface FunctionChange {
  readonly before: FunctionFile;
  readonly after: TokenFile;
  /** As it was before. */
  readonly function: FunctionTokens;
  /** Positions in the function of the tokens that change; equal where some are added. */
  readonly from: number;
  readonly to: number;
  readonly replaced: ReplacedLines;
}

/** What a change comes to in a function that is a twin of the changed one. */
export interface TwinPlace {
  /** Lines that stand there for those of the change; `endLine` is exclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** `undefined` where the twin differs in just what was changed: nothing is left to change. */
  readonly place: EditPlace | undefined;
  /** Names made for the twin that its file does not have, each once: they may be no names at all. */
  readonly coined: readonly string[];
}

/** As types are called in most languages. */
const TYPE = /^\p{Lu}[\p{L}\p{N}]*\p{Ll}/u;

/** `undefined` where the lines are of no function, or of several. */
export function functionChange(
  before: FunctionFile,
  after: FunctionFile,
  replaced: ReplacedLines,
): FunctionChange | undefined {
  const [from, to] = tokensOfLines(before, replaced.beforeLine, replaced.before.length);
  const first = before.tokens[from];
  const last = before.tokens[Math.max(from, to - 1)];
  if (first === undefined || last === undefined) return undefined;
  const around = before.functions.findLast(
    ({ startIndex, endIndex }) => startIndex < first.start && endIndex >= last.end,
  );
  if (around === undefined) return undefined;
  if (functionsAt(after, replaced.afterLine, replaced.after.length) > 1) return undefined;
  const whole = functionTokens(before, around);
  return {
    ...{ before, after, replaced, function: whole },
    ...{ from: from - whole.first, to: to - whole.first },
  };
}

function functionTokens(
  { tokens }: TokenFile,
  { name, startIndex, endIndex }: FunctionFile['functions'][number],
): FunctionTokens {
  const first = tokens.findIndex(({ start }) => start >= startIndex);
  const end = tokens.findIndex(({ start }) => start >= endIndex);
  return {
    name,
    first,
    tokens: first === -1 ? [] : tokens.slice(first, end === -1 ? undefined : end),
  };
}

/** Where in twins of the changed function, other than itself, its change belongs. */
export function twinPlacesIn(file: FunctionFile, change: FunctionChange): readonly TwinPlace[] {
  const own = ownFunctionIn(file, change);
  const { from, to } = change;
  const changed = { from, to: from === to ? to + lineOfToken(change, from) : to };
  return file.functions.flatMap((found) => {
    const other = functionTokens(file, found);
    const twin =
      found === own ? undefined : twinOf(change.function, other, { path: file.path, changed });
    if (twin === undefined) return [];
    return placeIn(file, other, twin, change) ?? [];
  });
}

/** Of those that have the name of the changed function, the one that stands as far down as it did. */
function ownFunctionIn(
  file: FunctionFile,
  { before, function: { name, first } }: FunctionChange,
): FunctionFile['functions'][number] | undefined {
  if (file.path !== before.path) return undefined;
  const start = before.tokens[first]?.start ?? 0;
  const above = before.functions.filter((one) => one.name === name && one.startIndex <= start);
  return file.functions.filter((one) => one.name === name)[above.length - 1];
}

function placeIn(
  file: TokenFile,
  other: FunctionTokens,
  twin: Twin,
  change: FunctionChange,
): TwinPlace | undefined {
  const there = stretchThere(other, twin, change);
  if (there === undefined || !hasItsNames(other, twin, change)) return undefined;
  const { from, to } = change;
  const isAdded = from === to;
  // What is added goes before the line it was added before.
  const count = isAdded ? lineOfToken(change, from) : to - from;
  if (!isCalledAlike(twin, from, from + count)) return undefined;
  const first = other.first + there.from;
  const lines = wholeLines(file, first, first + count);
  if (lines === undefined || there.from + count > other.tokens.length) return undefined;
  const before = file.text.slice(lines.start, lines.end);
  const { written, carried } = writtenThere(twin, change);
  const coined = coinedNames(file, other, carried);
  if (coined === undefined) return undefined;
  const indent = lineStartOf(change.before, change.function.first + from) ?? '';
  const after = isAdded
    ? `${reindented(written, indent, indentOf(before))}\n${before}`
    : indentedAs(written, before);
  const startLine = lineAt(file.text, lines.start);
  const endLine = startLine + before.split('\n').length;
  const isChanged = after !== before;
  const place = { path: file.path, startLine, endLine, before, after };
  return { startLine, endLine, place: isChanged ? place : undefined, coined };
}

/** Where the changed tokens stand in the twin, with the same neighbours; all of them, side by side. */
function stretchThere(
  other: FunctionTokens,
  { positions }: Twin,
  { from, to, function: own }: FunctionChange,
): { readonly from: number; readonly to: number } | undefined {
  const before = positions.get(from - 1);
  const start = from < to ? positions.get(from) : before === undefined ? undefined : before + 1;
  if (start === undefined || before !== start - 1) return undefined;
  for (let at = from; at < to; at += 1) {
    if (positions.get(at) !== start + at - from) return undefined;
  }
  const end = start + to - from;
  const next = to === own.tokens.length ? other.tokens.length : positions.get(to);
  return next === end ? { from: start, to: end } : undefined;
}

/** Whether the twin calls what stands there as it calls things elsewhere. */
function isCalledAlike({ isExplained }: Twin, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isExplained(at)) return false;
  return true;
}

/** Names of the function that the change writes, and that its twin has not. */
function hasItsNames(other: FunctionTokens, twin: Twin, change: FunctionChange): boolean {
  const own = new Set(change.function.tokens.map(({ text }) => text));
  const known = new Set(other.tokens.map(({ text }) => text));
  const { tokens } = change.after;
  const [from, to] = tokensOfLines(
    change.after,
    change.replaced.afterLine,
    change.replaced.after.length,
  );
  for (let at = from; at < to; at += 1) {
    const { text = '', kind } = tokens[at] ?? {};
    if (kind !== 'word' || !own.has(text)) continue;
    if (!known.has(twin.rename(text, isVariable(tokens, at)))) return false;
  }
  return true;
}

/** With the names that are not those of the change, each as often as it is written. */
function writtenThere(
  twin: Twin,
  { after, replaced }: FunctionChange,
): { readonly written: string; readonly carried: readonly string[] } {
  const lines = stretchOf(after.text, replaced.afterLine, replaced.after.length);
  const { text, tokens } = withoutComments(after, lines);
  const carried: string[] = [];
  let written = '';
  let at = 0;
  for (const [position, token] of tokens.entries()) {
    if (token.kind === 'fixed') continue;
    const name = twin.rename(token.text, isVariable(tokens, position));
    const old = new Set(namesIn(token.text));
    carried.push(...namesIn(name).filter((one) => !old.has(one)));
    written += text.slice(at, token.start) + name;
    at = token.end;
  }
  return { written: written + text.slice(at), carried };
}

/** Those that a file does not have; `undefined` where one is of a type that it does not name. */
function coinedNames(
  file: TokenFile,
  other: FunctionTokens,
  carried: readonly string[],
): readonly string[] | undefined {
  const own = new Set(other.tokens.flatMap(({ text }) => namesIn(text)));
  const away = carried.filter((name) => !own.has(name));
  if (away.length === 0) return [];
  const known = new Set(namesIn(file.text));
  const coined = away.filter((name) => !known.has(name));
  return coined.some((name) => TYPE.test(name)) ? undefined : [...new Set(coined)];
}

/** How many tokens the line has that begins with a token of the function. */
function lineOfToken({ before, function: { tokens } }: FunctionChange, from: number): number {
  const start = tokens[from]?.start ?? 0;
  const end = before.text.indexOf('\n', start);
  const behind = tokens.findIndex((token) => token.start > end);
  return end === -1 || behind === -1 ? tokens.length - from : behind - from;
}
