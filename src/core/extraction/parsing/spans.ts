/** Half-open, in UTF-16 units of the file's text. */
export interface Span {
  readonly startIndex: number;
  readonly endIndex: number;
}

/** Position of the first span that starts at or after `index`; those before `from` do not. */
export function firstFrom(spans: readonly Span[], index: number, from = 0): number {
  let low = from;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.startIndex ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
