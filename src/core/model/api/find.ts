import type { Facet, PatternFilter } from '../filter.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { PatternRow } from '../patternRow.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

/** `relevance` only orders answers to a text; without one it is `value`. All are descending. */
export const FIND_ORDERS = ['value', 'relevance', 'support', 'success', 'newest'] as const;
export type FindOrder = (typeof FIND_ORDERS)[number];

/** What somebody looks for, whoever asks: one window of the answers. */
export interface FindQuery {
  /** Words, identifiers or code; without it and `at` all that passes is listed. */
  readonly text: string;
  /** A place whose surrounding code is the query; the line counts from 1 as people write it. */
  readonly at?: { readonly file: string; readonly line: number };
  readonly filter?: PatternFilter;
  /**
   * Only patterns of the projects these folders belong to. Where they have no answer, those of all
   * projects are given; see `FindPage.scope`.
   */
  readonly folders?: readonly string[];
  /** `relevance` when absent. */
  readonly order?: FindOrder;
  /** `quarantined` is what was imported and waits to be accepted; `live` when absent. */
  readonly state?: 'live' | 'quarantined';
  /**
   * `folded`, the default: a row a function, its former changes counted in it, unless the query asks
   * for changes. `all`: each change is a row of its own.
   */
  readonly versions?: 'folded' | 'all';
  /** Rows before the window; 0 when absent. */
  readonly offset?: number;
  /** Rows of the window; as configured when absent. */
  readonly limit?: number;
  /** 0 to 1: what is less relevant to the text is left out; as configured when absent. */
  readonly minRelevance?: number;
  /**
   * Whether to answer at once, by words alone, where meaning would take longer than a person waits
   * for a letter; the library counts as changed when it can join.
   */
  readonly atOnce?: boolean;
  /** Whether facets are counted. */
  readonly facets?: boolean;
}

export interface FindPage {
  /** Answers in all, whatever the window; at most 1,000 for a text. */
  readonly total: number;
  readonly rows: readonly Found[];
  /** What would remain if one more value of a facet were asked for, most first; empty unless asked. */
  readonly facets: Facets;
  /** `undefined` where no folder was named. */
  readonly scope: Scope | undefined;
  /** Why there is no answer, where more can be said than that nothing matches. */
  readonly emptyReason?: LocalizedText;
  /** What the library holds, whatever the query. */
  readonly library: {
    readonly live: number;
    readonly quarantined: number;
    /** Packs with patterns in quarantine, by name, and how many of each. */
    readonly packs: readonly FacetValue[];
  };
}

/** Which projects were looked in. */
export interface Scope {
  /** What the folders' projects are called; empty where nothing was learned of them. */
  readonly projects: readonly string[];
  /** They had no answer, and so all projects were looked in. */
  readonly widened: boolean;
}

/** One answer. */
export interface Found extends PatternRow {
  /** Orders the answers; the sum of `signals`. 0 without a text. */
  readonly score: number;
  /** The named parts of `score`: `words`, `meaning`, `value`, `success` and, where it counts, `kind`. */
  readonly signals: Readonly<Record<string, number>>;
  /** How sure it is that it has to do with the text, 0 to 1; `null` without a text. */
  readonly relevance: number | null;
}

export type Facets = Readonly<Record<Facet, readonly FacetValue[]>>;

export interface FacetValue {
  /** What a filter takes; of a project its key. */
  readonly value: string;
  /** What people read, where that is something else. */
  readonly title?: string;
  readonly count: number;
}

/** Finds patterns by what they are about. */
export interface FindApi {
  /**
   * One window of what answers a text or, without one, of all that passes a filter, best first. What
   * it shows counts as shown.
   *
   * @throws AppError `bad-argument` for a place in a file that cannot be read
   */
  patterns(query: FindQuery, watch?: Watch): Promise<FindPage>;
}

export const FIND_CALLS: CallTable<FindApi> = { patterns: 1 };
