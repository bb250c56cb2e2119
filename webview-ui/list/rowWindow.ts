import { ROW_HEIGHT_PX, rowAt, topOf, type Heading, type Layout } from './layout.ts';

/** Most rows one request may ask for. */
export const MOST_ROWS_ASKED = 200;

/** Rows beyond each edge of the view that are in the document. */
const OVERSCAN_ROWS = 8;

/** Rows beyond each edge of the view that are asked for along with what is in it. */
const PREFETCH_ROWS = 80;

/** A request goes out when a row this near to the view is not there. */
const NEAR_ROWS = 45;

/** Half-open: `end` is the first row that does not belong. */
export interface RowSpan {
  readonly start: number;
  readonly end: number;
}

export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

/** The rows a view shows at least a part of. */
export function toVisibleSpan({ scrollTop, height }: Viewport, layout: Layout): RowSpan {
  const top = Math.max(0, scrollTop);
  const start = Math.min(layout.total, rowAt(layout, top));
  const last = height === 0 ? start : rowAt(layout, top + height - 1) + 1;
  return { start, end: Math.max(start, Math.min(layout.total, last)) };
}

/** The headings to keep in the document, with those of the rows that are. */
export function toMountedHeadings(
  rows: readonly number[],
  { headings }: Layout,
): readonly Heading[] {
  return headings.filter(({ row, group }) =>
    rows.some((mounted) => mounted >= row && mounted < row + group.count),
  );
}

/**
 * Rows to keep in the document, ascending: those in view, some around them and the active one,
 * which holds the focus.
 */
export function toMountedRows(visible: RowSpan, total: number, active: number): readonly number[] {
  const { start, end } = widen(visible, OVERSCAN_ROWS, total);
  const rows = Array.from({ length: end - start }, (_, index) => start + index);
  if (active < 0 || active >= total) return rows;
  if (active < start) return [active, ...rows];
  return active >= end ? [...rows, active] : rows;
}

/** What to ask for next: `undefined` while everything near the view is there. */
export function toMissingSpan(
  visible: RowSpan,
  total: number,
  has: (row: number) => boolean,
): RowSpan | undefined {
  const near = widen(visible, NEAR_ROWS, total);
  if (findRow(near, (row) => !has(row)) === undefined) return undefined;
  const far = widen(visible, PREFETCH_ROWS, total);
  const start = findRow(far, (row) => !has(row)) ?? far.start;
  let end = far.end;
  while (end > start && has(end - 1)) end -= 1;
  // What is in view comes first where it does not all fit.
  const first = end - start > MOST_ROWS_ASKED ? Math.max(start, visible.start) : start;
  return { start: first, end: Math.min(end, first + MOST_ROWS_ASKED) };
}

/** Rows to ask for when all of them may have changed. */
export function toRefreshSpan(visible: RowSpan): RowSpan {
  const start = Math.max(0, visible.start - PREFETCH_ROWS);
  return { start, end: Math.min(start + MOST_ROWS_ASKED, visible.end + PREFETCH_ROWS) };
}

export function overlaps(one: RowSpan, other: RowSpan): boolean {
  return one.start < other.end && other.start < one.end;
}

/** Where to scroll so that a row is in view; where the view is if it is already. */
export function scrollTopFor(row: number, { scrollTop, height }: Viewport, layout: Layout): number {
  const top = topOf(layout, row);
  const heading = layout.headings.find((one) => one.row === row);
  // With the heading right above it.
  const wanted = heading?.topPx ?? top;
  if (wanted < scrollTop) return wanted;
  return Math.max(scrollTop, top + ROW_HEIGHT_PX - height);
}

function widen({ start, end }: RowSpan, by: number, total: number): RowSpan {
  return { start: Math.max(0, start - by), end: Math.min(total, end + by) };
}

function findRow({ start, end }: RowSpan, test: (row: number) => boolean): number | undefined {
  for (let row = start; row < end; row += 1) if (test(row)) return row;
  return undefined;
}
