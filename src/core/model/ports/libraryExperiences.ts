import type { EpochMs } from '../epochMs.ts';
import type { ExperienceEvent } from '../event.ts';
import type { BatchEvent } from '../experience/recorded.ts';
import type { Experience } from '../experience/experience.ts';

/** What a library knows of sessions of coding agents; those of forgotten projects are left out. */
export interface LibraryExperiences {
  /** By their names, in order of these. */
  all(): readonly Experience[];
  /** As it was recorded, with the texts of its lessons. */
  recorded(session: string): ExperienceEvent | undefined;
  lastBatch(): (Omit<BatchEvent, 'type'> & { readonly at: EpochMs }) | undefined;
}
