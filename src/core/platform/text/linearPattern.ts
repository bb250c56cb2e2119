import { RE2JS } from 're2js';

/** A regular expression that takes linear time, whoever wrote it and whatever it is tried on. */
export interface LinearPattern {
  /** Whether it fits somewhere in a text. */
  test(text: string): boolean;
  /** Whether it fits a text from end to end. */
  fits(text: string): boolean;
}

/** @returns `undefined` where RE2 does not take the expression */
export function linearPattern(source: string): LinearPattern | undefined {
  try {
    const compiled = RE2JS.compile(source);
    return {
      test: (text) => compiled.matcher(text).find(),
      fits: (text) => compiled.matches(text),
    };
  } catch {
    return undefined;
  }
}
