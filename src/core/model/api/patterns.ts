import type { Pattern } from '../pattern.ts';
import type { PatternRow, RatingRecord } from '../patternRow.ts';
import type { IdiomDeviation, Range } from '../code.ts';
import type { PatternVersion } from '../outcomes/version.ts';
import type { CallTable } from './calls.ts';
import type { Found } from './find.ts';

/** Everything a person may ask of one pattern. */
export interface PatternDetail {
  readonly pattern: Pattern;
  readonly row: PatternRow & Pick<Found, 'now'>;
  /** All that were ever given, latest first. */
  readonly ratings: readonly RatingRecord[];
  readonly variants: readonly PatternRow[];
  /** Changes of the same function, class or test, the newest first. */
  readonly changes: readonly PatternRow[];
  /** Of a fix, the others of its commit. */
  readonly siblings: readonly PatternRow[];
  /** Of a function or class, tests of its projects that name it, the most telling first; at most 50. */
  readonly tests: readonly PatternRow[];
  /** Of an idiom, places that begin as it does and go on otherwise, but for those that were dismissed. */
  readonly deviations: readonly IdiomDeviation[];
  /** How often it was an answer somebody was shown. */
  readonly impressions: number;
  /** How often it was inserted, copied or put into a chat. */
  readonly uses: number;
}

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

/** Reads patterns one by one. */
export interface PatternsApi {
  show(id: string): Promise<Pattern | undefined>;
  detail(id: string): Promise<PatternDetail | undefined>;
  /**
   * All that is known of what a pattern is and was, the newest first, with what became of each.
   *
   * @throws AppError `pattern-not-found`
   */
  versions(id: string): Promise<readonly PatternVersion[]>;
  /** The occurrences of a pattern whose project is open in one of `folders`. */
  locate(id: string, folders: readonly string[]): Promise<readonly SourcePlace[]>;
}

export const PATTERNS_CALLS: CallTable<PatternsApi> = {
  show: 1,
  detail: 1,
  versions: 1,
  locate: 2,
};
