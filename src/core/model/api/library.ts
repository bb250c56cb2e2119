import type { CompactionSummary, DoctorReport, LibraryStats } from '../ports/libraryUpkeep.ts';
import type { CallTable } from './calls.ts';

/** Rows that `list` counts: changes folded under their function, candidates for idioms left out. */
export interface ListedCounts {
  readonly total: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  /** By keys. */
  readonly projects: Readonly<Record<string, number>>;
}

export interface LibraryCounts extends LibraryStats {
  readonly listed: ListedCounts;
}

/**
 * `rebuild` makes all derived data anew; `recover` does so after it has written back what damaged
 * files of the journal held and the view still holds.
 */
export type Repair = 'rebuild' | 'recover';

/** The library as a whole: what it holds, whether it is sound, how large it is. */
export interface LibraryApi {
  stats(): Promise<LibraryCounts>;
  /**
   * @param repair done before the check
   * @throws AppError `library-incomplete` for `rebuild` where `recover` has to come first
   */
  doctor(repair?: Repair): Promise<DoctorReport>;
  compact(): Promise<CompactionSummary>;
}

export const LIBRARY_CALLS: CallTable<LibraryApi> = { stats: 0, doctor: 1, compact: 0 };
