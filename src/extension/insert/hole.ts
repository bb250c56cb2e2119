/** One name or literal of a text that its template leaves open. */
export interface Hole {
  /** UTF-16 units into the text; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
  /** Number of the tab stop, from 1 in order of first appearance; equal for equal texts. */
  readonly stop: number;
}
