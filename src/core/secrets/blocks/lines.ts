export interface Line {
  /** In the whole text. */
  readonly start: number;
  /** Without its end. */
  readonly text: string;
}

/** The lines of a text from a place on. */
export function* linesFrom(text: string, from: number): Iterable<Line> {
  let start = from;
  for (let end = text.indexOf('\n', start); end !== -1; end = text.indexOf('\n', start)) {
    yield { start, text: text.slice(start, end).replace(/\r$/, '') };
    start = end + 1;
  }
  yield { start, text: text.slice(start) };
}
