import type { Language } from '../model/code.ts';
import { readStretch } from './fileReading.ts';
import { FILE_NAMES, framesOf, type Frame } from './frames.ts';
import type { ParsedSource } from './parsing/parsedSource.ts';
import type { Span } from './parsing/spans.ts';
import { openSourceParser, readFacts, type SourceParserOptions } from './sourceParser.ts';
import type { Surroundings } from './describe/surroundings.ts';
import { tokenAt, type Tokens } from './tokens/tokens.ts';

/** A stretch to be left out, and what stands in its place. */
interface Cut extends Span {
  readonly instead: string;
}

/** Takes out of code what is written for people: comments and docstrings. */
export interface CommentRemover {
  /** The code that is left, or `undefined` where no grammar can tell what that is. */
  remove(language: Language, code: string): Promise<string | undefined>;
  close(): void;
}

export async function openCommentRemover(options: SourceParserOptions): Promise<CommentRemover> {
  const parser = await openSourceParser(options);
  return {
    async remove(language, code) {
      let best: Reading | undefined;
      for (const frame of framesOf(language)) {
        const text = `${frame.before}${code}${frame.after}`;
        const source = await parser.parse(FILE_NAMES[language], text);
        if (source === undefined) continue;
        try {
          const cuts = within(cutsOf(source), frame, code.length);
          const reading = { cuts, isSound: !source.hasErrors };
          if (best === undefined || isBetter(reading, best)) best = reading;
        } finally {
          source.delete();
        }
      }
      return best === undefined ? undefined : cutOut(code, best.cuts);
    },
    close() {
      parser.close();
    },
  };
}

/** What one frame makes of a code. */
interface Reading {
  readonly cuts: readonly Cut[];
  readonly isSound: boolean;
}

/** Without its frame, code may be read as plain text, which has neither errors nor comments. */
function isBetter(reading: Reading, best: Reading): boolean {
  if (reading.isSound !== best.isSound) return reading.isSound;
  return reading.cuts.length > best.cuts.length;
}

function cutsOf(source: ParsedSource): readonly Cut[] {
  const { surroundings } = readStretch(source, readFacts(source), undefined, 0);
  const comments = surroundings.opaque
    .filter(({ kind }) => kind === 'comment')
    .map(({ startIndex, endIndex }) => ({ startIndex, endIndex, instead: '' }));
  if (source.language !== 'python') return comments;
  const cuts = [...comments, ...docstrings(source.text, surroundings)];
  return cuts.sort((a, b) => a.startIndex - b.startIndex);
}

/** Strings that are statements of their own, wherever they stand. */
function docstrings(
  text: string,
  { tokens, opaque }: Pick<Surroundings, 'tokens' | 'opaque'>,
): readonly Cut[] {
  const depths = depthsOf(tokens);
  return joinNeighbours(
    text,
    opaque.filter(({ kind }) => kind === 'literal'),
  ).flatMap((span) => {
    const place = placeIn(tokens, span);
    if (place.isToken && (depths[place.at] ?? 0) > 0) return [];
    if (place.isToken && !isStatement(text, tokens, place)) return [];
    return [{ ...span, instead: isWholeBody(text, tokens, place) ? '...' : '' }];
  });
}

/** A string among the tokens. */
interface Place extends Span {
  /** Position of the first token from its start on. */
  readonly at: number;
  /** Tokens leave out strings that are whole statements, but not the last one of a text. */
  readonly isToken: boolean;
  /** Start of the token behind it. */
  readonly next: number | undefined;
}

function placeIn(tokens: Tokens, { startIndex, endIndex }: Span): Place {
  const { startIndexes } = tokens;
  const at = tokenAt(tokens, startIndex);
  const next = startIndexes[tokenAt(tokens, endIndex)];
  return { startIndex, endIndex, at, isToken: startIndexes[at] === startIndex, next };
}

/** Strings that stand one after another on a line are one. */
function joinNeighbours(text: string, literals: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const { startIndex, endIndex } of literals) {
    const last = joined.at(-1);
    if (last !== undefined && /^[ \t]*$/.test(text.slice(last.endIndex, startIndex))) {
      joined[joined.length - 1] = { startIndex: last.startIndex, endIndex };
    } else {
      joined.push({ startIndex, endIndex });
    }
  }
  return joined;
}

/** Whether a string outside of brackets begins a statement and ends it. */
function isStatement(text: string, tokens: Tokens, { at, endIndex, next }: Place): boolean {
  if (!beginsStatement(text, tokens, at)) return false;
  return next === undefined || text[next] === ';' || hasLineEnd(text, endIndex, next);
}

/** Whether nothing but the string stands in the block it is in. */
function isWholeBody(
  text: string,
  { startIndexes, texts }: Tokens,
  { at, startIndex, next }: Place,
): boolean {
  if (texts[at - 1] !== ':') return false;
  if (lineStart(text, startIndex) <= (startIndexes[at - 1] ?? 0)) return true;
  return next === undefined || indentAt(text, next) < indentAt(text, startIndex);
}

/** How many brackets are open before each token. */
function depthsOf({ texts, kinds }: Tokens): readonly number[] {
  let depth = 0;
  return texts.map((token, at) => {
    const before = depth;
    if (kinds[at] === 'fixed') depth += '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
    return before;
  });
}

/** Whether a token outside of brackets stands first on its line, or behind what ends a statement. */
function beginsStatement(text: string, { startIndexes, texts }: Tokens, at: number): boolean {
  const before = texts[at - 1];
  if (before === undefined || before === ';') return true;
  const line = lineStart(text, startIndexes[at]);
  if (line > (startIndexes[at - 1] ?? 0)) return text[line - 2] !== '\\';
  return before === ':' && /^\s*(?:async\s|def\s|class\s)/.test(text.slice(line, line + 200));
}

function lineStart(text: string, index = text.length): number {
  return text.lastIndexOf('\n', index - 1) + 1;
}

function hasLineEnd(text: string, from: number, to: number | undefined): boolean {
  const at = text.indexOf('\n', from);
  return at !== -1 && at < (to ?? text.length);
}

function indentAt(text: string, index: number): number {
  const line = text.slice(lineStart(text, index), index);
  return line.length - line.trimStart().length;
}

/** The cuts that lie in the code, counted from its start. */
function within(cuts: readonly Cut[], { before }: Frame, length: number): readonly Cut[] {
  return cuts
    .map(({ startIndex, endIndex, instead }) => ({
      startIndex: Math.max(0, startIndex - before.length),
      endIndex: Math.min(length, endIndex - before.length),
      instead,
    }))
    .filter(({ startIndex, endIndex }) => startIndex < endIndex);
}

/** Lines of which nothing is left are dropped; those without a cut stay as they are. */
function cutOut(code: string, cuts: readonly Cut[]): string {
  const touched = new Set<number>();
  let left = '';
  let line = 0;
  let at = 0;
  for (const { startIndex, endIndex, instead } of cuts) {
    if (startIndex < at) continue;
    const kept = code.slice(at, startIndex);
    const breaks = countLineEnds(code.slice(startIndex, endIndex));
    line += countLineEnds(kept);
    for (let cut = line; cut <= line + breaks; cut += 1) touched.add(cut);
    line += breaks;
    // A comment parts words like a space.
    const isBetween = breaks === 0 && /\w$/.test(kept) && /\w/.test(code.charAt(endIndex));
    left += `${kept}${instead}${isBetween ? ' ' : '\n'.repeat(breaks)}`;
    at = endIndex;
  }
  return `${left}${code.slice(at)}`
    .split('\n')
    .map((text, index) => (touched.has(index) ? text.trimEnd() : text))
    .filter((text, index) => text !== '' || !touched.has(index))
    .join('\n');
}

function countLineEnds(text: string): number {
  return text.split('\n').length - 1;
}
