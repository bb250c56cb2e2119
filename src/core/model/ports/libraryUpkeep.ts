import type { LocalizedText } from '../localizedText.ts';
import type { ProjectKey } from '../pattern.ts';

export interface CompactionSummary {
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly purgePending: boolean;
}

export interface LibraryStats {
  readonly patterns: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly projects: readonly {
    readonly key: ProjectKey;
    /** As in `Listing.projectTitle`. */
    readonly name: string;
    readonly files: number;
    readonly patterns: number;
  }[];
  readonly states: Readonly<Record<string, number>>;
  readonly variants: number;
  readonly ratings: number;
  /** How often patterns were shown. */
  readonly impressions: number;
  /** How often patterns were put to work: inserted, copied, put into a chat. */
  readonly uses: number;
  readonly vectors: number;
  readonly journalBytes: number;
  readonly derivedBytes: number;
}

export interface DoctorFinding {
  readonly level: 'ok' | 'warning' | 'error';
  /** Stable name of the check, such as `journal-lines`. */
  readonly check: string;
  readonly message: LocalizedText;
}

export interface DoctorReport {
  readonly findings: readonly DoctorFinding[];
}

/** Something that was in a library is missing from it, or may be. */
export interface LibraryTrouble {
  readonly message: LocalizedText;
  /** Whether `recover` may bring back what is missing. */
  readonly isRecoverable: boolean;
}

/** The library as files on disk: how large it is, whether it is sound, what is made anew. */
export interface LibraryUpkeep {
  stats(): LibraryStats;
  /** What is live as a SQLite file, embeddings filled in. */
  sqliteBytes(): Uint8Array;
  /** Seals, folds and purges; says whether text asked to be purged is gone. */
  compact(): CompactionSummary;
  /** Writes a snapshot of the view if enough happened since the last one. */
  saveSnapshot(): void;
  check(): DoctorReport;
  /**
   * Deletes all derived data and makes it anew from the journals.
   *
   * @throws AppError `library-incomplete` where that would drop facts that journals have lost
   */
  rebuild(): void;
  /**
   * Writes back what damaged files of the journal held and the view still holds, then makes all
   * derived data anew.
   *
   * @returns how many facts were written back
   * @throws AppError `library-read-only`, `disk-full`, `library-write-failed`
   */
  recover(): number;
}
