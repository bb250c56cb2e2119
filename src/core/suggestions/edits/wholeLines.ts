import type { CodeToken, TokenFile } from '../../model/suggestions/edit.ts';

/** A stretch of code without its comments: what they say is of the place where they stand. */
export function withoutComments(
  { text, tokens }: TokenFile,
  { start, end }: { readonly start: number; readonly end: number },
): Pick<TokenFile, 'text' | 'tokens'> {
  const kept: CodeToken[] = [];
  let written = '';
  let at = start;
  for (const token of tokens) {
    if (token.start < start || token.end > end) continue;
    const gap = text.slice(at, token.start);
    written += gap.trim() === '' ? gap : spaceOf(gap, at === start);
    kept.push({ ...token, start: written.length, end: written.length + token.text.length });
    written += text.slice(token.start, token.end);
    at = token.end;
  }
  const rest = text.slice(at, end);
  return { text: rest.trim() === '' ? written + rest : written, tokens: kept };
}

/** What is left of space with comments in it: lines of comments go as a whole. */
function spaceOf(gap: string, isFirst: boolean): string {
  const line = gap.lastIndexOf('\n');
  if (line === -1) return isFirst ? (/^[ \t]*/.exec(gap)?.[0] ?? '') : ' ';
  return gap.slice(isFirst ? line + 1 : line);
}

/** The lines of some tokens; `undefined` where other code or a comment stands on them. */
export function wholeLines(
  { text, tokens }: TokenFile,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | undefined {
  const first = tokens[from]?.start ?? 0;
  const last = tokens[to - 1]?.end ?? 0;
  const start = text.lastIndexOf('\n', first - 1) + 1;
  const lineEnd = text.indexOf('\n', last);
  const end = lineEnd === -1 ? text.length : lineEnd;
  const gaps = [text.slice(start, first), text.slice(last, end)];
  for (let at = from + 1; at < to; at += 1) {
    gaps.push(text.slice(tokens[at - 1]?.end, tokens[at]?.start));
  }
  return gaps.every((gap) => gap.trim() === '') ? { start, end } : undefined;
}

/** Lines with the indentation of the first of others instead of that of their own first. */
export function indentedAs(lines: string, like: string): string {
  return reindented(lines, indentOf(lines), indentOf(like));
}

/** Lines that stood beside one indentation, beside another. */
export function reindented(lines: string, from: string, to: string): string {
  return lines
    .split('\n')
    .map((line) => {
      if (line.startsWith(from)) return to + line.slice(from.length);
      return line.trim() === '' ? line : to.slice(0, indentOf(line).length) + line.trimStart();
    })
    .join('\n');
}

/** The indentation of the first line that is not blank. */
export function indentOf(lines: string): string {
  const line = lines.split('\n').find((one) => one.trim() !== '') ?? '';
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

export function tokensOfLines(
  { text, tokens }: TokenFile,
  line: number,
  count: number,
): readonly [number, number] {
  const { start, end } = stretchOf(text, line, count);
  const from = tokens.findIndex((token) => token.start >= start);
  if (from === -1) return [0, 0];
  const to = tokens.findIndex((token) => token.start >= end);
  return [from, to === -1 ? tokens.length : to];
}

export function stretchOf(
  text: string,
  line: number,
  count: number,
): { readonly start: number; readonly end: number } {
  const lines = text.split('\n');
  const start = lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  const length = lines.slice(line, line + count).join('\n').length;
  return { start, end: start + length };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}
