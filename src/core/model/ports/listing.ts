import type { BrowseOrder } from '../api/find.ts';
import type { PatternId, PatternKind, PatternSource } from '../pattern.ts';

/** What lists narrow and order one pattern by. */
export interface ListedRow {
  /** As in `SearchDocument`. */
  readonly rowId: number;
  readonly id: PatternId;
  readonly state: 'live' | 'quarantined';
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  readonly tags: readonly string[];
  readonly source: PatternSource;
  /** Name of the pack it came with, if it did. */
  readonly pack: string | null;
  /** Names of the projects it occurs in, forgotten ones left out. */
  readonly projects: readonly string[];
  /** 0 to 1. */
  readonly value: number;
  readonly support: number;
  /** Mean of the posterior success rate. */
  readonly success: number;
  /** Since 1970 in UTC; see `PatternRow.date`. */
  readonly dateSeconds: number | undefined;
}

/** Every pattern that can be listed, in memory. */
export interface Listing {
  /** In descending order, ties by value, then id; `relevance` is that of no text: by value. */
  rows(state: ListedRow['state'], order: BrowseOrder): readonly ListedRow[];
  /** Name of the project of a key; what is no key is taken for a name. */
  projectName(nameOrKey: string): string;
}
