import type { PatternId } from '../pattern.ts';
import type { Impression, Surface } from './outcome.ts';

/** A task to which patterns were added, or would have been, and how it ended. */
export interface TaskOutcome extends Pick<
  Impression,
  'look' | 'surface' | 'session' | 'task' | 'held' | 'chance' | 'at'
> {
  /** Those that were shown, or would have been. */
  readonly patterns: readonly PatternId[];
  /** Its tests or its build passed in the end. */
  readonly passed: boolean;
}

export type EffectVerdict = 'helps' | 'harms' | 'unclear' | 'too-few';

/** What showing patterns did to the share of tasks that passed. */
export interface Effect {
  /** Tasks with patterns, and tasks of which they were held out. */
  readonly treated: number;
  readonly held: number;
  /** `too-few`: not enough tasks of either kind yet. */
  readonly verdict: EffectVerdict;
  /** −1 to 1; an interval that holds in nine cases of ten, however often one looks. */
  readonly difference?: { readonly mean: number; readonly low: number; readonly high: number };
  /** About so many more tasks until one knows; absent where one knows or it would take too many. */
  readonly more?: number;
}

export interface EffectReport {
  /** Per cent of tasks to which nothing is added. */
  readonly holdout: number;
  /** On all surfaces together. */
  readonly all: Effect;
  readonly surfaces: readonly { readonly surface: Surface; readonly effect: Effect }[];
  /** Most tasks first. */
  readonly patterns: readonly {
    readonly pattern: PatternId;
    readonly name: string;
    readonly effect: Effect;
    /** It is added to no task any more, because tasks went worse with it. */
    readonly isMuted: boolean;
  }[];
}
