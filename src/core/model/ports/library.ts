import type { Corpus } from './corpus.ts';
import type { EventBody, LibraryEvent } from '../event.ts';
import type { LibraryExperiences } from './libraryExperiences.ts';
import type { LibraryOutcomes } from './libraryOutcomes.ts';
import type { LibraryPatterns } from './libraryPatterns.ts';
import type { LibraryProjects } from './libraryProjects.ts';
import type { LibrarySessions } from './librarySessions.ts';
import type { LibraryUpkeep } from './libraryUpkeep.ts';
import type { LibraryVersions } from './libraryVersions.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { Vectors } from './vectors.ts';

/** Random, made once for whoever uses a library on one machine; 24 hex digits. */
export type PersonId = string;

/** All that was learned, on disk. */
export interface Library {
  readonly folder: string;
  readonly corpus: Corpus;
  readonly vectors: Vectors;
  readonly patterns: LibraryPatterns;
  readonly outcomes: LibraryOutcomes;
  readonly versions: LibraryVersions;
  readonly projects: LibraryProjects;
  readonly sessions: LibrarySessions;
  readonly experiences: LibraryExperiences;
  readonly upkeep: LibraryUpkeep;
  /** Why nothing can be written, or `undefined`. */
  readonly readOnlyReason: LocalizedText | undefined;

  /**
   * The id of whoever uses the library here, by which their ratings and uses name them; made and
   * recorded where there is none yet.
   *
   * @throws AppError like `record`, and `library-damaged`
   */
  introduce(): Promise<PersonId>;
  /**
   * Redacts secrets, appends to the journal, flushes and applies to the view, in that order;
   * durable when it resolves.
   *
   * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`
   */
  record(bodies: readonly EventBody[]): Promise<readonly LibraryEvent[]>;
  /** Takes in what other processes wrote. */
  refresh(): void;
  /**
   * Calls back soon after anybody wrote, this process included; may do so without a change. Keeps
   * no process alive.
   */
  watch(onChange: () => void): { close(): void };
  /**
   * Leaves the files so that the next process opens them fast.
   *
   * @param hurried whether what takes a while is left to that process
   */
  close(hurried?: boolean): void;
}
