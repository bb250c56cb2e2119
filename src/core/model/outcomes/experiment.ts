import type { PatternId } from '../pattern.ts';

/** One of the two that are compared. */
export interface Arm {
  readonly pattern: PatternId;
  /** Names the version that is shown; `null` for what the pattern is at the time. */
  readonly version: string | null;
}

/** Of two patterns, or of two versions of one, either is drawn for each task that one of them fits. */
export interface Experiment {
  /** Names it: eight random hex digits. */
  readonly experiment: string;
  readonly a: Arm;
  readonly b: Arm;
  readonly ended: boolean;
}
