/** Line comments of any language, lines within a block comment, attributes and decorators. */
const COMMENT_LINE = /^\s*(?:\/\/|\/?\*|#|@|\[|"""|''')/;

/** What ends a block comment, and what began it. */
const BLOCKS = [
  [/\*\/\s*$/, '/*'],
  [/^=end\b/, '=begin'],
] as const;

/** Empty lines that may stand between a comment and what it documents. */
const MAX_EMPTY = 2;

/**
 * Where the comments right above `index` may begin, judged by the text alone: a line start at or
 * before the first of them, so that what lies further up need not be read.
 */
export function commentsAbove(text: string, index: number): number {
  let from = text.lastIndexOf('\n', index - 1) + 1;
  let empty = 0;
  while (from > 0) {
    const above = lineStart(text, from - 1);
    const line = text.slice(above, from);
    if (line.trim() === '') {
      empty += 1;
      if (empty > MAX_EMPTY) break;
      from = above;
      continue;
    }
    empty = 0;
    const opening = openingOf(line);
    const opened = opening === undefined ? -1 : text.lastIndexOf(opening, from - 1);
    if (opened !== -1) from = lineStart(text, opened);
    else if (COMMENT_LINE.test(line)) from = above;
    else break;
  }
  return from;
}

function openingOf(line: string): string | undefined {
  return BLOCKS.find(([end]) => end.test(line))?.[1];
}

function lineStart(text: string, index: number): number {
  return index <= 0 ? 0 : text.lastIndexOf('\n', index - 1) + 1;
}
