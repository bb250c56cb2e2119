import type { Span } from './spans.ts';

/** Both from 0; columns count UTF-16 units. */
interface Point {
  row: number;
  column: number;
}

interface PlacedRange {
  startIndex: number;
  startPosition: Point;
  endIndex: number;
  endPosition: Point;
}

export function toRanges(text: string, regions: readonly Span[]): PlacedRange[] {
  let last: Point = { row: 0, column: 0 };
  let lastIndex = 0;
  const advance = (index: number): Point => {
    last = pointAfter(text, lastIndex, index, last);
    lastIndex = index;
    return last;
  };
  return regions.map(({ startIndex, endIndex }) => ({
    startIndex,
    startPosition: advance(startIndex),
    endIndex,
    endPosition: advance(endIndex),
  }));
}

/** The position of `index`, from that of the earlier index `from`. */
export function pointAfter(text: string, from: number, index: number, point: Point): Point {
  let row = point.row;
  let lineStart = from - point.column;
  for (
    let at = text.indexOf('\n', from);
    at !== -1 && at < index;
    at = text.indexOf('\n', at + 1)
  ) {
    row += 1;
    lineStart = at + 1;
  }
  return { row, column: index - lineStart };
}
