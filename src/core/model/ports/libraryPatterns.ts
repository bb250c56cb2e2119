import type { IdiomDeviation } from '../code.ts';
import type { PatternFilter } from '../filter.ts';
import type { Listing, ListOrder } from './listing.ts';
import type { Pattern, PatternId } from '../pattern.ts';
import type { PatternRow, RatingRecord } from '../patternRow.ts';

export interface PatternPage {
  readonly patterns: readonly Pattern[];
  /** Matching patterns in all, whatever the limit. */
  readonly total: number;
}

/** The patterns of a library. */
export interface LibraryPatterns {
  /** The id in force for `id`: itself, its successor, or what it joined; `undefined` if unknown. */
  resolve(idOrPrefix: string): PatternId | undefined;
  /** Follows `resolve`; also finds retired, forgotten and quarantined patterns. */
  byId(idOrPrefix: string): Pattern | undefined;
  /** Whether the pattern of exactly this id is forgotten, its text purged or not. */
  isForgotten(id: PatternId): boolean;
  /** Live patterns as `Listing.rows` orders them, by value unless told otherwise. */
  list(filter: PatternFilter, limit: number, order?: ListOrder): PatternPage;
  /** Like `list`, one by one; those that are no longer live when it is their turn are left out. */
  each(filter: PatternFilter): Iterable<Pattern>;
  readonly listing: Listing;
  /** Patterns as lists show them, in the order asked for and in any state. */
  rows(ids: readonly PatternId[]): readonly PatternRow[];
  /** Patterns of one state that were imported under the name of a pack, by value. */
  idsOfPack(pack: string, state: Pattern['state']): readonly PatternId[];
  /** Patterns in quarantine whose name, description or tags hold each of the words. */
  quarantinedHolding(words: readonly string[]): ReadonlySet<PatternId>;
  /** All ratings ever given to the pattern of exactly this id or what leads to it, latest first. */
  ratings(id: PatternId): readonly RatingRecord[];
  /** Places that do otherwise what an idiom does, but for those that were dismissed. */
  deviations(id: PatternId): readonly IdiomDeviation[];
  /** How often the pattern of exactly this id was shown and put to work. */
  usage(id: PatternId): { readonly impressions: number; readonly uses: number };
  /** Patterns of one state with all that is known of them. */
  inState(state: Pattern['state']): readonly Pattern[];
}
