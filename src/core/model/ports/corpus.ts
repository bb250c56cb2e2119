import type { Attention } from '../api/jobs.ts';
import type { PatternId } from '../pattern.ts';

/** What words and vectors are built from: one visible pattern. */
export interface SearchDocument {
  /** `patterns.id` of the view; stable until the view is rebuilt. */
  readonly rowId: number;
  readonly id: PatternId;
  readonly kind: string;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  /** Names of the classes and functions around it, apart by points; empty where there are none. */
  readonly context: string;
  readonly signature: string | null;
  readonly description: string;
  /** See `Fragment.details`. */
  readonly details: string;
  readonly tags: readonly string[];
  /** Code, or the text after a change. */
  readonly code: string;
  /** Text before a change, empty for code. */
  readonly before: string;
  /** Commit message of a change, empty for code. */
  readonly message: string;
  readonly template: string;
  /** 0 to 1. */
  readonly value: number;
}

/** A changed row: a document when the pattern is live, `undefined` when it left. */
export interface DocumentChange {
  readonly rowId: number;
  readonly document: SearchDocument | undefined;
}

/** The library as search sees it. */
export interface Corpus {
  /** Grows with every change of the view. */
  readonly version: number;
  /** Identity of the snapshot the view was loaded from, with its version; `undefined` without one. */
  readonly snapshot: { readonly id: string; readonly version: number } | undefined;
  /** Rows changed after `version`, each once; 0 gives every live document. */
  changesSince(version: number): IterableIterator<DocumentChange>;
  /**
   * Row ids of live documents: what the person has before them, then all others, tests last; in each
   * of them the most valuable first.
   */
  rowIdsByValue(attention?: Attention): readonly number[];
  /** The documents of these rows, in order; rows that left are left out. */
  documents(rowIds: readonly number[]): readonly SearchDocument[];
}
