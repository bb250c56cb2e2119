import type { Range } from './code.ts';
import type {
  Pattern,
  PatternFilter,
  PatternId,
  PatternKind,
  PatternSource,
  Rating,
  SuccessRate,
} from './pattern.ts';

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

/** What a list shows of a pattern. */
export interface PatternRow {
  readonly id: PatternId;
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  readonly description: string;
  readonly source: PatternSource;
  readonly pack: string | null;
  readonly support: number;
  readonly lines: number;
  /** Ratings in force. */
  readonly usageCount: number;
  readonly successRate: SuccessRate;
  readonly thumbs: Thumbs;
  /** When its code or change last changed at its source, ISO 8601 in UTC; `null` if unknown. */
  readonly date: string | null;
}

/** Ratings of 4 and 5, those of 1 and 2, and the person's own rating without session and task. */
export interface Thumbs {
  readonly up: number;
  readonly down: number;
  readonly own: Rating | null;
}

/**
 * What became of a rating: it counts, the same person replaced it in the same session and task, or
 * took it back. A `withdrawal` is the event that took one back.
 */
export type RatingStanding = 'inForce' | 'replaced' | 'takenBack' | 'withdrawal';

/** One rating or withdrawal of one, under the pattern in force for it. */
export interface RatingRecord {
  /** Of a withdrawal what it took back; `null` where no such rating is on record. */
  readonly rating: Rating | null;
  readonly standing: RatingStanding;
  /** Person who rated, as the operating system names them. */
  readonly by: string;
  readonly session: string | null;
  readonly task: string | null;
  /** ISO 8601 in UTC. */
  readonly date: string;
}

/** Everything a person may ask of one pattern. */
export interface PatternDetail {
  readonly pattern: Pattern;
  readonly thumbs: Thumbs;
  /** All that were ever given, latest first. */
  readonly ratings: readonly RatingRecord[];
  readonly variants: readonly PatternRow[];
  /** How often it was shown, inserted, copied or put into a chat. */
  readonly impressions: number;
}

/** How a pattern went from the library into somebody's work. */
export const IMPRESSION_USES = ['inserted', 'copied', 'chat'] as const;
export type ImpressionUse = (typeof IMPRESSION_USES)[number];

/**
 * What became of the code a pattern was read from. `moved` stands at another place of its file or
 * project, `changed` is still there by name, `gone` is not.
 */
export type SourceState = 'unchanged' | 'moved' | 'changed' | 'gone';

/** One occurrence of a pattern, found again in a folder that is open. */
export interface SourcePlace {
  /** Index into `Pattern.occurrences`. */
  readonly occurrence: number;
  /** One of the folders asked about. */
  readonly folder: string;
  /** Absolute top level of the repository the folder belongs to; `null` without git. */
  readonly repository: string | null;
  /** Absolute path, in the notation of this machine; of the file as it is named today. */
  readonly file: string;
  /** Where it stands now; where it stood when it is `gone`. */
  readonly range: Range | null;
  readonly state: SourceState;
}
