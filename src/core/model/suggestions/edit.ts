/** One token of a file; offsets count UTF-16 units. */
export interface CodeToken {
  readonly text: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly kind: 'fixed' | 'word' | 'literal';
}

/** A file with its tokens. */
export interface TokenFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly tokens: readonly CodeToken[];
}

/** Lines that took the place of others. */
export interface Replacement {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Of the first line as it is now, from 0; `null` where what was written no longer stands there. */
  readonly line: number | null;
}

/** A place where the same change can be made: whole lines that are to be replaced. */
export interface EditPlace {
  readonly path: string;
  /** From 0; `endLine` is exclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly before: string;
  readonly after: string;
}

/** A change with the other places that look as its place did. */
export interface RepeatedEdit {
  /** The same for the same change wherever it is made. */
  readonly id: string;
  readonly made: Replacement;
  /** In order of path and line, those in tests last. */
  readonly places: readonly EditPlace[];
}
