import type { Standing } from '../values.ts';

/** A name in a text that may say that what follows is secret. `end` is exclusive. */
export interface TellingName {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What stands where the value of a name is expected. */
export interface Value {
  readonly start: number;
  readonly text: string;
  readonly standing: Standing;
}

/** A literal in quotes; two groups. */
export const STRING = '(\\\\{0,3}["\'`])((?:(?!\\1)(?:\\\\.|[^\\\\\\r\\n])){1,1000}?)\\1';

/** A literal and the comma behind it. */
export const LIST_ENTRY = new RegExp(`${STRING}(?:\\s{0,4},\\s{0,40})?`, 'y');

/** What a sticky expression finds at a place. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
