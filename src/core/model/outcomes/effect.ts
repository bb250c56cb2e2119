import type { PatternId } from '../pattern.ts';
import type { Arm } from './experiment.ts';
import type { Impression, Surface } from './outcome.ts';

/** A task to which patterns were added, or would have been, and how it ended. */
export interface TaskOutcome extends Pick<
  Impression,
  'look' | 'surface' | 'session' | 'task' | 'held' | 'chance' | 'at'
> {
  /** Those that were shown, or would have been. */
  readonly patterns: readonly PatternId[];
  /** Arms of experiments that were shown, as in `Impression.arm`. */
  readonly arms: readonly string[];
  /** What patterns added to its prompt, as far as it was counted. */
  readonly tokens: Readonly<Record<PatternId, number>>;
  /** From the showing until its end was told, in milliseconds. */
  readonly durationMs: number;
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

/** What patterns cost, and how long tasks took. */
export interface Cost {
  /** Median of what they added to a prompt; `null` where nothing was counted. */
  readonly tokens: number | null;
  /** Medians, from the showing until the end was told; `null` without such a task. */
  readonly treatedMs: number | null;
  readonly heldMs: number | null;
}

/** One of the two that an experiment compares, as people read it. */
export interface ComparedArm extends Arm {
  readonly name: string;
}

/** Two patterns, or two versions of one, of which either is drawn for a task. */
export interface Comparison {
  readonly experiment: string;
  readonly a: ComparedArm;
  readonly b: ComparedArm;
  readonly ended: boolean;
  /** Of `b` beside `a`: `treated` are tasks with `b`, `held` those with `a`. */
  readonly effect: Effect;
}

export interface EffectReport {
  /** Per cent of tasks to which nothing is added. */
  readonly holdout: number;
  /** On all surfaces together. */
  readonly all: Effect;
  readonly cost: Cost;
  readonly surfaces: readonly { readonly surface: Surface; readonly effect: Effect }[];
  /** Most tasks first. */
  readonly patterns: readonly {
    readonly pattern: PatternId;
    readonly name: string;
    readonly effect: Effect;
    readonly cost: Cost;
    /** It is added to no task any more, because tasks went worse with it. */
    readonly isMuted: boolean;
  }[];
  /** The newest first. */
  readonly comparisons: readonly Comparison[];
}
