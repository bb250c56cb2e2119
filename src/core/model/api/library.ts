import type { CompactionSummary, DoctorReport, LibraryStats } from '../ports/libraryUpkeep.ts';
import type { CallTable } from './calls.ts';

/** The library as a whole: what it holds, whether it is sound, how large it is. */
export interface LibraryApi {
  stats(): Promise<LibraryStats>;
  /** @param rebuild makes all derived data anew before it is checked */
  doctor(rebuild: boolean): Promise<DoctorReport>;
  compact(): Promise<CompactionSummary>;
}

export const LIBRARY_CALLS: CallTable<LibraryApi> = { stats: 0, doctor: 1, compact: 0 };
