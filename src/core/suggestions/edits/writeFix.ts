import type { TokenFile } from '../../model/suggestions/edit.ts';
import { isVariable } from './editTemplate.ts';
import { lineStartOf } from './tokenHunks.ts';
import type { KnownFix, PlacedHunk, Stretch } from './fixPlaces.ts';

interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * A file with hunks of a fix put to their places, in the layout and with the line ends of the file.
 *
 * @returns `undefined` where a comment stands in what would be replaced, or places overlap
 */
export function writeFix(
  file: TokenFile,
  fix: KnownFix,
  placed: readonly PlacedHunk[],
): string | undefined {
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n';
  const replaced: Replaced[] = [];
  for (const place of placed) {
    const one = place.from < place.to ? replace(file, fix, place) : add(file, fix, place);
    if (one === undefined) return undefined;
    replaced.push(one);
  }
  let written = '';
  let at = 0;
  for (const { start, end, text } of replaced.sort((a, b) => a.start - b.start)) {
    if (start < at) return undefined;
    written += file.text.slice(at, start) + text.replaceAll(/\r?\n/g, lineEnd);
    at = end;
  }
  return written + file.text.slice(at);
}

function replace(file: TokenFile, fix: KnownFix, place: PlacedHunk): Replaced | undefined {
  const { tokens } = file;
  const { from, to } = place;
  if (hasComment(file, from + 1, to)) return undefined;
  const first = tokens[from]?.start ?? 0;
  const last = tokens[to - 1]?.end ?? 0;
  const shift = shiftOf(file, fix, place);
  if (shift !== undefined) return { ...shift, end: last };
  const added = addedText(file, fix, place);
  if (added !== '') return { start: first, end: last, text: added };
  // Nothing takes its place: what stood around it moves together.
  return remove(file, place, { first, last });
}

/** Lines that move in or out do so from where they stand in the file. */
function shiftOf(
  file: TokenFile,
  fix: KnownFix,
  { hunk, from, names }: PlacedHunk,
): Omit<Replaced, 'end'> | undefined {
  const [old, fresh] = [lineStartOf(fix.before, hunk.from), lineStartOf(fix.after, hunk.newFrom)];
  const there = lineStartOf(file, from);
  if (old === undefined || fresh === undefined || there === undefined || old === fresh) {
    return undefined;
  }
  if (hunk.newFrom === hunk.newTo) return undefined;
  const wanted = fresh.startsWith(old)
    ? there + fresh.slice(old.length)
    : there.slice(0, Math.max(0, there.length - (old.length - fresh.length)));
  const text = namedText(fix.after, { from: hunk.newFrom, to: hunk.newTo }, names);
  const start = (file.tokens[from]?.start ?? 0) - there.length;
  return { start, text: wanted + reindented(text, fresh, wanted) };
}

function remove(
  file: TokenFile,
  { from, to }: PlacedHunk,
  { first, last }: { readonly first: number; readonly last: number },
): Replaced | undefined {
  const { text, tokens } = file;
  if (hasComment(file, from, from + 1) || hasComment(file, to, to + 1)) return undefined;
  const start = tokens[from - 1]?.end ?? 0;
  const end = tokens[to]?.start ?? text.length;
  return { start, end, text: joinedGap(text.slice(start, first), text.slice(last, end)) };
}

function add(file: TokenFile, fix: KnownFix, place: PlacedHunk): Replaced {
  const { hunk, from } = place;
  const added = addedText(file, fix, place);
  const gap = gapBefore(fix.after, hunk.newFrom);
  const next = file.tokens[from]?.start ?? file.text.length;
  if (gap.includes('\n')) {
    // Lines of their own stand above the next one, below what comments there are.
    const isLines = gapBefore(fix.after, hunk.newTo).includes('\n');
    const there = lineStartOf(file, from);
    if (isLines && there !== undefined) return addLines(file, fix, place, there);
    const end = isLines ? `\n${indentationAt(file, from)}` : gapBefore(fix.after, hunk.newTo);
    return { start: next, end: next, text: added + end };
  }
  const former = file.tokens[from - 1]?.end ?? 0;
  const own = file.text.slice(former, next);
  // A line's end, and a comment behind a space, keep apart what is added and what follows.
  if (/^\s*\n|^\s+\S/.test(own)) return { start: former, end: former, text: gap + added };
  return { start: former, end: next, text: gap + added + gapBehind(fix, place, own) };
}

/** Lines that stand as far in as those around them do, in the fix and in the file. */
function addLines(
  file: TokenFile,
  fix: KnownFix,
  { hunk, from, names }: PlacedHunk,
  next: string,
): Replaced {
  const { after } = fix;
  const own = indentationAt(after, hunk.newFrom);
  const isAsFormer = hunk.newFrom > 0 && own === indentationAt(after, hunk.newFrom - 1);
  const wanted = isAsFormer && from > 0 ? indentationAt(file, from - 1) : next;
  const text = namedText(after, { from: hunk.newFrom, to: hunk.newTo }, names);
  const start = (file.tokens[from]?.start ?? file.text.length) - next.length;
  return { start, end: start, text: `${wanted}${reindented(text, own, wanted)}\n` };
}

/** Space between what is added within a line and what follows it there. */
function gapBehind({ after }: KnownFix, { hunk }: PlacedHunk, own: string): string {
  if (own.trim() !== '') return ` ${own}`;
  if (hunk.newTo >= after.tokens.length) return own;
  const gap = gapBefore(after, hunk.newTo);
  return gap.includes('\n') ? own : gap;
}

/** What a hunk writes, with the names and the indentation of the place. */
function addedText(file: TokenFile, fix: KnownFix, { hunk, from, names }: PlacedHunk): string {
  const { newFrom, newTo } = hunk;
  const own = indentationAt(fix.after, newFrom);
  return reindented(
    namedText(fix.after, { from: newFrom, to: newTo }, names),
    own,
    indentationAt(file, from),
  );
}

/** Space between what is left on both sides of what goes. */
function joinedGap(before: string, after: string): string {
  const isLine = (gap: string): boolean => gap.includes('\n');
  if (isLine(after)) return after;
  if (isLine(before)) return before;
  return before === '' || after === '' ? '' : ' ';
}

function gapBefore({ text, tokens }: TokenFile, at: number): string {
  const gap = text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? text.length);
  return /^\s*$/.test(gap) ? gap : gap.includes('\n') ? '\n' : ' ';
}

/** Whether anything but space stands before any of these tokens. */
function hasComment({ text, tokens }: TokenFile, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const gap = text.slice(tokens[at - 1]?.end ?? 0, tokens[at]?.start ?? text.length);
    if (gap.trim() !== '') return true;
  }
  return false;
}

function namedText(
  { text, tokens }: TokenFile,
  { from, to }: Stretch,
  names: ReadonlyMap<string, string>,
): string {
  let written = '';
  let at = tokens[from]?.start ?? 0;
  for (let position = from; position < to; position += 1) {
    const token = tokens[position];
    if (token === undefined) continue;
    // Members, keys and names of arguments are called the same everywhere.
    const mayDiffer = token.kind === 'literal' || isVariable(tokens, position);
    const name = mayDiffer ? names.get(token.text) : undefined;
    written += text.slice(at, token.start) + (name ?? token.text);
    at = token.end;
  }
  return written;
}

/** What the line of a token begins with. */
function indentationAt({ text, tokens }: TokenFile, at: number): string {
  const start = tokens[at]?.start ?? tokens.at(-1)?.start ?? 0;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return /^[ \t]*/.exec(text.slice(line))?.[0] ?? '';
}

function reindented(text: string, own: string, wanted: string): string {
  return text
    .split('\n')
    .map((line, at) => {
      if (at === 0 || !line.startsWith(own)) return line;
      return wanted + line.slice(own.length);
    })
    .join('\n');
}
