import type { Hit, PatternFilter } from '../pattern.ts';
import type { PatternRow } from '../patternRow.ts';
import type { Watch } from './watch.ts';
import type { CallTable } from './calls.ts';

export interface SearchQuery extends PatternFilter {
  /** Plain words, identifiers or code; may be empty with `at`. */
  readonly text: string;
  /** A place whose surrounding code is the query; line counts from 1 as people write it. */
  readonly at?: { readonly file: string; readonly line: number };
  readonly limit?: number;
  /** 0 to 1; the configuration's when absent. */
  readonly minRelevance?: number;
}

/** `relevance` only orders answers to a text; without one it is `value`. All are descending. */
export const BROWSE_ORDERS = ['value', 'relevance', 'support', 'success', 'newest'] as const;

export type BrowseOrder = (typeof BROWSE_ORDERS)[number];

/** One window of what a person browses. */
export interface BrowseQuery extends PatternFilter {
  /** Words, identifiers or code; empty lists everything. */
  readonly text: string;
  readonly order: BrowseOrder;
  /** `quarantined` lists what was imported and waits to be accepted. */
  readonly state: 'live' | 'quarantined';
  /** Rows before the window; counts from 0. */
  readonly offset: number;
  readonly limit: number;
  /** Calibrated relevance below which a hit is left out; the default configuration's when absent. */
  readonly minRelevance?: number;
}

export interface BrowsePage {
  /** Matching patterns in all, whatever the window. */
  readonly total: number;
  readonly rows: readonly PatternRow[];
  /** What would remain if one more value of a facet were asked for, most first. */
  readonly facets: Facets;
  /** What the library holds, whatever the query. */
  readonly library: {
    readonly live: number;
    readonly quarantined: number;
    /** Packs with patterns in quarantine, by name, and how many of each. */
    readonly packs: readonly FacetValue[];
  };
}

export const FACETS = ['kind', 'language', 'framework', 'tag', 'project', 'source'] as const;

export type Facet = (typeof FACETS)[number];

export type Facets = Readonly<Record<Facet, readonly FacetValue[]>>;

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

/** Finds patterns by what they are about. */
export interface FindApi {
  /** @returns best first; empty when nothing is relevant enough */
  search(query: SearchQuery, watch?: Watch): Promise<readonly Hit[]>;
  /** One window of a list or of the answers to a text, with what a person may narrow it by. */
  browse(query: BrowseQuery, watch?: Watch): Promise<BrowsePage>;
}

export const FIND_CALLS: CallTable<FindApi> = { search: 1, browse: 1 };
