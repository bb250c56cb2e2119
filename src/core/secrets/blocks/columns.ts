import { type NameStrength, toStrength } from '../names.ts';
import type { Span } from '../span.ts';
import { isSecretValue } from '../values.ts';

/** Rows of one table that are looked at. */
const MOST_ROWS = 1000;
/** A longer line is no head of a table. */
const LONGEST_HEAD = 400;

/** Under the head of a table in Markdown. */
const RULE = /^[\s|:+-]*---[\s|:+-]*$/;
/** The head of comma-separated values: names and nothing else, from the start of the line. */
const HEAD = /^["'\w][\w "'.-]*(?:[,;\t][\w "'.-]+)+$/;

interface Line {
  readonly start: number;
  readonly text: string;
}

interface Table {
  readonly separator: string;
  readonly strengths: readonly (NameStrength | undefined)[];
}

/** Finds the secrets in tables whose heads name them, in Markdown and in separated values. */
export function findInColumns(text: string): readonly Span[] {
  const spans: Span[] = [];
  let table: Table | undefined;
  let rows = 0;
  let before: Line | undefined;
  for (const line of toLines(text)) {
    const head = before;
    before = line;
    if (table === undefined) {
      table = toTable(head, line);
      rows = 0;
    }
    if (table === undefined || RULE.test(line.text)) continue;
    const cells = line.text.split(table.separator);
    if (cells.length !== table.strengths.length || rows >= MOST_ROWS) {
      table = undefined;
      continue;
    }
    rows += 1;
    spans.push(...findInRow(line.start, cells, table));
  }
  return spans;
}

function toTable(head: Line | undefined, line: Line): Table | undefined {
  if (head === undefined || head.text.length > LONGEST_HEAD) return undefined;
  const isMarkdown = RULE.test(line.text) && line.text.includes('|') && head.text.includes('|');
  const separator = isMarkdown ? '|' : HEAD.test(head.text) && /[,;\t]/.exec(head.text)?.[0];
  if (separator === false || separator === undefined) return undefined;
  const strengths = head.text.split(separator).map((cell) => toStrength(cell.trim()));
  return strengths.some((strength) => strength !== undefined)
    ? { separator, strengths }
    : undefined;
}

function findInRow(
  from: number,
  cells: readonly string[],
  { strengths, separator }: Table,
): Span[] {
  const spans: Span[] = [];
  let at = from;
  for (const [index, cell] of cells.entries()) {
    const strength = strengths[index];
    const value = cell.trim().replace(/^(["'`*]{1,2})(.+)\1$/, '$2');
    if (strength !== undefined && isSecretValue(value, strength, 'likely')) {
      const start = at + cell.indexOf(value);
      spans.push({ start, end: start + value.length, type: 'password' });
    }
    at += cell.length + separator.length;
  }
  return spans;
}

function* toLines(text: string): Iterable<Line> {
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
    yield { start, text: text.slice(start, end).replace(/\r$/, '') };
    start = end + 1;
  }
  yield { start, text: text.slice(start) };
}
