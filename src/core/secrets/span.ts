/** A stretch of text that must not be kept. `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** Lower-case words joined by `-`, such as `github-token`. */
  readonly type: string;
  /** True for a further piece of the secret before it, as the second line of a private key. */
  readonly continues?: boolean;
}

const PLACEHOLDER = /<secret:[a-z0-9-]{1,40}\**>/g;

/** Sorted by start, overlapping ones joined under the type of the first, those in placeholders left out. */
export function mergeSpans(text: string, spans: readonly Span[]): readonly Span[] {
  const done = [...text.matchAll(PLACEHOLDER)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const merged: Span[] = [];
  const sorted = [...spans].sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  for (const span of sorted) {
    while ((done[next]?.end ?? Infinity) <= span.start) next += 1;
    if ((done[next]?.start ?? Infinity) < span.end) continue;
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { ...last, end: span.end };
  }
  return merged;
}

/**
 * Puts a placeholder in the place of each span, padded with `*` to the length of the secret where
 * it fits, so that positions after it stay; line ends inside a span are kept.
 *
 * @param spans sorted, not overlapping
 */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  let replaced = '';
  let from = 0;
  for (const span of spans) {
    replaced += text.slice(from, span.start) + mask(text.slice(span.start, span.end), span);
    from = span.end;
  }
  return replaced + text.slice(from);
}

function mask(secret: string, span: Span): string {
  const [first = '', ...rest] = secret.split(/(\r\n|\r|\n)/);
  const head =
    span.continues === true
      ? '*'.repeat(first.length)
      : `<secret:${span.type}`.padEnd(first.length - 1, '*') + '>';
  return head + rest.map((piece) => piece.replace(/[^\r\n]/g, '*')).join('');
}
