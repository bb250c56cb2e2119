import type { PatternId } from '../pattern.ts';
import type { PatternVersion, StandingVersion } from '../outcomes/version.ts';

/** What patterns are now and were before. */
export interface LibraryVersions {
  /** Of each pattern with a text, by id: names what it is now. */
  names(ids: readonly PatternId[]): ReadonlyMap<PatternId, string>;
  /** By id: what it is now, or what it became where it is that no more. */
  current(ids: readonly PatternId[]): ReadonlyMap<PatternId, StandingVersion>;
  /** Those that somebody saw, used, rated or wrote: what they were is of interest later. */
  noted(ids: readonly PatternId[]): readonly PatternId[];
  /** All that is known of a pattern and of what it was edited from, the newest first. */
  of(id: PatternId): readonly PatternVersion[];
  /** Of a pattern with all ids it had before, whatever those stand for now. */
  line(id: PatternId): readonly PatternId[];
  /** Former versions that are on record, of all patterns. */
  recorded(): Iterable<StandingVersion>;
}
