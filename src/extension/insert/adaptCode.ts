/** Where code is going to stand. */
export interface Destination {
  /** White space the line of the cursor starts with, up to the cursor at most. */
  readonly indent: string;
  readonly insertSpaces: boolean;
  /** Columns of one level of indentation; at least 1. */
  readonly tabSize: number;
  readonly eol: '\n' | '\r\n';
}

/**
 * Fits code to where it is inserted: what all its lines are indented by goes, every line but the
 * first is indented like the line of the cursor, levels are written the way the document writes
 * them, and lines end as its lines do. Nothing else of a line changes. Lines of spaces and tabs
 * become empty.
 */
export function adaptCode(code: string, destination: Destination): string {
  const lines = removeCommonIndent(code.split(LINE_END));
  const toIndent = indentationFor(lines, destination);
  return lines
    .map((line, index) => {
      const indent = indentOf(line);
      const content = line.slice(indent.length);
      if (content === '') return '';
      return (index === 0 ? '' : destination.indent) + toIndent(indent, content) + content;
    })
    .join(destination.eol);
}

/** Takes off what all lines are indented by. */
export function dedent(code: string): string {
  return removeCommonIndent(code.split(LINE_END)).join('\n');
}

const LINE_END = /\r\n|\r|\n/;

function removeCommonIndent(lines: readonly string[]): readonly string[] {
  let common: string | undefined;
  for (const line of lines) {
    const indent = indentOf(line);
    if (indent === line) continue;
    common = common === undefined ? indent : sharedStart(common, indent);
  }
  const length = common?.length ?? 0;
  return length === 0 ? lines : lines.map((line) => line.slice(length));
}

type ToIndent = (indent: string, content: string) => string;

/** How the leading white space of the code's lines is written in the document. */
function indentationFor(
  lines: readonly string[],
  { insertSpaces, tabSize }: Destination,
): ToIndent {
  const levelText = insertSpaces ? ' '.repeat(tabSize) : '\t';
  if (lines.some((line) => line.startsWith('\t'))) {
    return (indent) => {
      const rest = indent.replace(/^\t+/, '');
      return levelText.repeat(indent.length - rest.length) + rest;
    };
  }
  const unit = unitOf(lines);
  // Lines that are aligned with something above have no level: they stay where they are.
  if (unit === undefined || (insertSpaces && unit === tabSize)) return (indent) => indent;
  return (indent, content) => {
    const width = indent.length - starShift(content);
    if (width < 0 || width % unit !== 0) return indent;
    return levelText.repeat(width / unit) + indent.slice(width);
  };
}

/** Spaces per level where every line is indented by whole levels, so that none loses its place. */
function unitOf(lines: readonly string[]): number | undefined {
  const widths = lines
    .map((line) => ({ line, width: indentOf(line).length }))
    .filter(({ line, width }) => width < line.length)
    .map(({ line, width }) => width - starShift(line.slice(width)))
    .filter((width) => width !== 0);
  if (widths.some((width) => width < 0)) return undefined;
  const unit = widths.reduce(greatestCommonDivisor, 0);
  return unit >= 2 && unit <= 8 ? unit : undefined;
}

/** Lines of a block comment stand one column to the right of where it starts. */
function starShift(content: string): number {
  return /^\*(?:[\s/]|$)/.test(content) ? 1 : 0;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}
