import { matchAt } from '../forms/parts.ts';
import { type NameStrength, toStrength } from '../names.ts';
import type { Span } from '../span.ts';
import { isSecretValue } from '../values.ts';

/** `INSERT INTO t (name, password) VALUES`: the names of the columns. */
const INSERT =
  /\b(?:INSERT|REPLACE)\s{1,4}(?:IGNORE\s{1,4})?INTO\s{1,4}[\w.`"[\]]{1,80}\s{0,4}\(([^()]{1,600})\)\s{0,40}VALUES\s{0,40}/gi;
/** One value: a text, with a quote in it doubled, or anything without a comma. */
const ENTRY = /\s{0,40}(?:[NEB]?'((?:[^'\r\n]|''){0,300})'|[^,()'\r\n]{0,100})\s{0,40}[,)]/y;
const NEXT_ROW = /\s{0,4},?\s{0,40}\(/y;
const MOST_ROWS = 100;

/** Finds the values that SQL puts into columns whose names speak of secrets. */
export function findInserted(text: string): readonly Span[] {
  if (!/VALUES/i.test(text)) return [];
  return [...text.matchAll(INSERT)].flatMap(({ index, 0: opening, 1: columns = '' }) => {
    const strengths = columns.split(',').map((column) => toStrength(column.trim()));
    const isTelling = strengths.some((strength) => strength !== undefined);
    return isTelling ? findInRows(text, index + opening.length, strengths) : [];
  });
}

function findInRows(
  text: string,
  from: number,
  strengths: readonly (NameStrength | undefined)[],
): readonly Span[] {
  const spans: Span[] = [];
  let at = from;
  for (let row = 0; row < MOST_ROWS; row += 1) {
    const opening = matchAt(NEXT_ROW, text, at);
    if (opening === undefined) break;
    at += opening[0].length;
    for (const strength of strengths) {
      const entry = matchAt(ENTRY, text, at);
      if (entry === undefined) return spans;
      const [whole, value] = entry;
      if (value !== undefined && strength !== undefined && isSecretValue(value, strength, 'sure')) {
        const start = at + whole.indexOf(`'${value}'`) + 1;
        spans.push({ start, end: start + value.length, type: 'password' });
      }
      at += whole.length;
      if (whole.endsWith(')')) break;
    }
  }
  return spans;
}
