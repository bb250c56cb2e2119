import type { EpochMs } from '../epochMs.ts';
import type { PatternId, ProjectKey, SuccessRate } from '../pattern.ts';

/** What a pattern is at one time: all of it that people edit or its source changes. */
export interface VersionText {
  /** Names it: eight hex digits of the hash of the rest. */
  readonly version: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Code, or the text after a change. */
  readonly code: string;
  /** The text before a change; `null` where the pattern is none. */
  readonly before: string | null;
}

/** One version of a pattern, with what became of it while it was that. */
export interface PatternVersion extends VersionText {
  /** The id it had, which the code follows from. */
  readonly pattern: PatternId;
  readonly isCurrent: boolean;
  /** When it came to be what it is. */
  readonly since: EpochMs;
  /** Impressions of it, as far as they are not folded to counts. */
  readonly shown: number;
  /** How often it was put to work. */
  readonly uses: number;
  /** Ratings in force that were given for it. */
  readonly ratingCount: number;
  /** By what became of this version alone. */
  readonly successRate: SuccessRate;
}

/** A version with where its pattern stands. */
export interface StandingVersion extends VersionText {
  readonly pattern: PatternId;
  readonly since: EpochMs;
  /** Those it occurs in. */
  readonly projects: readonly ProjectKey[];
}
