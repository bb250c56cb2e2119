/** One function or test as it is written, of any size; what suggestions are made from. */
export interface WrittenFunction {
  readonly name: string;
  /** From its modifiers to what opens its body, on one line; decorators are left out. */
  readonly head: string;
  /** The comments above it or the string its body begins with, as written; empty without. */
  readonly comment: string;
  /**
   * The lines below its head, indented relative to the head's first line and with `\n` between;
   * what closes the body is the last of them in languages that close one.
   */
  readonly body: string;
  /** Of the head's first line, from 0. */
  readonly firstLine: number;
  /** Of the last line of the body, from 0. */
  readonly lastLine: number;
}

/** What is known of one file when suggestions are made. */
export interface SuggestionFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly functions: readonly WrittenFunction[];
  /** Of the last commit; `undefined` where the text is that one or nothing is known of it. */
  readonly committed?: { readonly text: string; readonly functions: readonly WrittenFunction[] };
}

/** Where somebody types: what stands around the cursor. */
export interface TypingPlace {
  /** Relative to the project, with `/`. */
  readonly path: string;
  /** The lines before the cursor's line, the nearest last; those furthest away may be missing. */
  readonly before: readonly string[];
  /** The cursor's line up to the cursor. */
  readonly typed: string;
  /** The rest of the cursor's line, and the lines below it as far as they are given. */
  readonly after: readonly string[];
  /** Of the cursor's line, from 0. */
  readonly line: number;
}

/** How a file lays out its lines. */
export interface LineLayout {
  /** One step of indentation: a tab, or some spaces. */
  readonly step: string;
  readonly lineEnd: '\n' | '\r\n';
}

/** Next lines inside a body, a whole body below a head, or what a name or comment begins. */
export type SuggestionKind = 'lines' | 'body' | 'function';

/** Text to be put at the cursor. */
export interface Suggestion {
  readonly kind: SuggestionKind;
  readonly text: string;
  /**
   * Characters behind the cursor, all that is left of its line or none, that the text holds too and
   * takes the place of: brackets and quotes that the editor has closed.
   */
  readonly replaces: number;
  /** 0 to 1: that it is kept, at least half of it, as outcomes in this project have it. */
  readonly chance: number;
  /** The same before any outcome; what outcomes are recorded under. */
  readonly estimate: number;
  /** Where its text stands; `undefined` for lines, which stand in several places. */
  readonly origin: SuggestionOrigin | undefined;
}

export interface SuggestionOrigin {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  readonly name: string;
}
