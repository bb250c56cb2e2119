import type { CodePointer } from '../core/model/resolution/codePointer.ts';
import type { MendedBy } from '../core/model/resolution/mended.ts';

/** A place as JSON has it: its reasons are plain sentences. */
export type PlaceDocument = Omit<CodePointer, 'why'> & { readonly why: readonly string[] };

/** What came of an issue as JSON has it. */
export interface ResolutionDocument {
  readonly places: readonly PlaceDocument[];
  /** The commit that mended it already, as it seems; `null` where nothing says so. */
  readonly mendedBy: MendedBy | null;
  readonly choice: 'chosen' | 'tie' | 'none';
  /** Why this is the answer. */
  readonly why: readonly string[];
  /** What there is to know of how it was found, such as that no test could be run. */
  readonly notes: readonly string[];
  /** Different patches, the best first. */
  readonly candidates: readonly CandidateDocument[];
  /** Patches that were proposed, equal ones included. */
  readonly proposals: number;
  /** Files that were written. */
  readonly applied: readonly string[];
}

export interface CandidateDocument {
  readonly id: string;
  /** Name of the generator. */
  readonly by: string;
  readonly isChosen: boolean;
  readonly score: number;
  /** Whether tests were run with it and told something. */
  readonly isTested: boolean;
  readonly why: readonly string[];
  /** As `git apply` takes it. */
  readonly diff: string;
}
