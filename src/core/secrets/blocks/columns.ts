import { matchAt } from '../forms/parts.ts';
import { type NameStrength, toStrength } from '../names.ts';
import type { Span } from '../span.ts';
import { isSecretValue } from '../values.ts';
import { type Line, linesFrom } from './lines.ts';

/** A longer line is no head of a table. */
const LONGEST_HEAD = 400;
/** What is longer is a sentence with a comma in it; people write a space behind one in sentences, too. */
const WORDS_OF_NAME = 3;
const WORDS_OF_SPACED_NAME = 2;

/** The head of comma-separated values: names and nothing else, from the start of the line. */
const HEAD = /^["'\w][\w "'.-]*(?:[,;\t][\w "'.-]+)+$/;

interface Table {
  readonly separator: string;
  readonly strengths: readonly (NameStrength | undefined)[];
}

/** Finds the secrets in tables whose heads name them, in Markdown and in separated values. */
export function findInColumns(text: string): readonly Span[] {
  const spans: Span[] = [];
  let table: Table | undefined;
  let before: Line | undefined;
  let isRow = false;
  for (const line of linesFrom(text, 0)) {
    const head = before;
    before = line;
    if (line.text.trim() === '') {
      table = undefined;
    } else if (isRule(line.text)) {
      table = toTable(head, line) ?? (line.text.includes('|') ? undefined : table);
    } else {
      // Below a line that is no row another table may begin without a blank line.
      if (!isRow) table = toTable(head, line) ?? table;
      const found = table === undefined ? undefined : findInRow(line, table);
      isRow = found !== undefined;
      spans.push(...(found ?? []));
    }
  }
  return spans;
}

/** Under the head of a table in Markdown. */
function isRule(line: string): boolean {
  return line.includes('---') && /^[\s|:+-]*$/.test(line);
}

function toTable(head: Line | undefined, line: Line): Table | undefined {
  if (head === undefined || head.text.length > LONGEST_HEAD) return undefined;
  const isMarkdown = isRule(line.text) && line.text.includes('|') && head.text.includes('|');
  const separator = isMarkdown ? '|' : separatorOf(head.text);
  if (separator === undefined) return undefined;
  const strengths = cellsOf(head.text, separator).map(({ text }) => toStrength(text));
  return strengths.some((strength) => strength !== undefined)
    ? { separator, strengths }
    : undefined;
}

function separatorOf(head: string): string | undefined {
  const separator = HEAD.test(head) ? /[,;\t]/.exec(head)?.[0] : undefined;
  if (separator === undefined) return undefined;
  const most = head.includes(`${separator} `) ? WORDS_OF_SPACED_NAME : WORDS_OF_NAME;
  const names = head.split(separator);
  return names.every((name) => name.trim().split(/\s+/).length <= most) ? separator : undefined;
}

/** @returns `undefined` for a line that is no row of the table */
function findInRow(line: Line, { strengths, separator }: Table): readonly Span[] | undefined {
  const cells = cellsOf(line.text, separator);
  // Markdown fills up short rows and takes no notice of what is too much.
  if (separator === '|' ? cells.length < 2 : cells.length !== strengths.length) return undefined;
  return cells.flatMap(({ start: at, text }, index) => {
    const strength = strengths[index];
    const value = text.replace(/^(["'`*]{1,2})(.+)\1$/, '$2');
    if (strength === undefined || !isSecretValue(value, strength, 'likely')) return [];
    const start = line.start + at + text.indexOf(value);
    return [{ start, end: start + value.length, type: 'password' }];
  });
}

/** In Markdown a bar may be escaped; elsewhere a quote may be doubled within quotes. One group. */
const CELLS: Readonly<Record<string, RegExp>> = {
  '|': /([^|\\]*(?:\\.?[^|\\]*)*)(?:\||$)/y,
  ',': /(\s*"[^"]*(?:""[^"]*)*"[^,]*|[^,]*)(?:,|$)/y,
  ';': /(\s*"[^"]*(?:""[^"]*)*"[^;]*|[^;]*)(?:;|$)/y,
  '\t': /( *"[^"]*(?:""[^"]*)*"[^\t]*|[^\t]*)(?:\t|$)/y,
};

/** Without the space around them, and without the bars at both ends of a row of Markdown. */
function cellsOf(line: string, separator: string): readonly Line[] {
  const cell = CELLS[separator];
  const cells: Line[] = [];
  for (let at = 0; cell !== undefined && at <= line.length;) {
    const [whole = '', text = ''] = matchAt(cell, line, at) ?? [];
    cells.push({ start: at + text.search(/\S|$/), text: text.trim() });
    if (!whole.endsWith(separator)) break;
    at += whole.length;
  }
  if (separator !== '|') return cells;
  const from = cells[0]?.text === '' ? 1 : 0;
  return cells.slice(from, cells.length - (cells.at(-1)?.text === '' ? 1 : 0));
}
