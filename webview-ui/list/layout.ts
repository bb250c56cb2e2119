import type { FacetValue } from '../../src/core/model/api/find.ts';

/** Height of one row in CSS pixels; the style sheet holds the same number. */
export const ROW_HEIGHT_PX = 39;

/** Height of the heading of a group in CSS pixels; the style sheet holds the same number. */
export const HEADING_HEIGHT_PX = 26;

/** The heading above the rows of a group. */
export interface Heading {
  readonly group: FacetValue;
  /** The first row below it. */
  readonly row: number;
  readonly topPx: number;
}

/** Where rows and headings stand in the whole list. */
export interface Layout {
  readonly total: number;
  readonly heightPx: number;
  /** From the first one down. */
  readonly headings: readonly Heading[];
}

/** @param groups of all rows in their order, each with how many it has; empty without headings */
export function layOut(total: number, groups: readonly FacetValue[]): Layout {
  const headings: Heading[] = [];
  let row = 0;
  for (const group of groups) {
    headings.push({ group, row, topPx: row * ROW_HEIGHT_PX + headings.length * HEADING_HEIGHT_PX });
    row += group.count;
  }
  const heightPx = total * ROW_HEIGHT_PX + headings.length * HEADING_HEIGHT_PX;
  return { total, heightPx, headings };
}

export function topOf({ headings }: Layout, row: number): number {
  return (
    row * ROW_HEIGHT_PX + countBefore(headings, (heading) => heading.row <= row) * HEADING_HEIGHT_PX
  );
}

/** The row at a height, that below where there is a heading; may be beyond the last one. */
export function rowAt({ headings }: Layout, topPx: number): number {
  const above = countBefore(headings, (heading) => heading.topPx <= topPx);
  const first = headings[above - 1]?.row ?? 0;
  const last = headings[above]?.row ?? Infinity;
  const row = Math.floor((topPx - above * HEADING_HEIGHT_PX) / ROW_HEIGHT_PX);
  return Math.min(Math.max(first, row), last);
}

/** How many from the beginning on pass a test that those behind them fail. */
function countBefore<Value>(values: readonly Value[], test: (value: Value) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = values[middle];
    if (value !== undefined && test(value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
