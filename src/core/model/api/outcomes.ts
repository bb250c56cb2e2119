import type {
  Impression,
  ImpressionId,
  LeftOut,
  Outcome,
  Surface,
  UseKind,
} from '../outcomes/outcome.ts';
import type { PatternId } from '../pattern.ts';
import type { Calibration, ImpressionRecord } from '../ports/libraryOutcomes.ts';
import type { EffectReport } from '../outcomes/effect.ts';
import type { Experiment } from '../outcomes/experiment.ts';
import type { Why } from '../outcomes/why.ts';
import type { CallTable } from './calls.ts';

/** What is shown together. */
export interface LookDraft extends Partial<Pick<Impression, 'session' | 'task' | 'held'>> {
  readonly surface: Surface;
  /** What is being worked on: the project around it is noted. */
  readonly folder?: string;
  /** Text around the place; nothing but a hash of it is kept. */
  readonly context?: string;
  readonly shown: readonly ShownDraft[];
  /** What fits as well and is not shown; see `Why`. */
  readonly leftOut?: readonly LeftOut[];
}

export interface ShownDraft extends Partial<
  Pick<Impression, 'chance' | 'estimate' | 'arm' | 'tokens'>
> {
  /** Names the version that was shown; the present one when absent. */
  readonly version?: string;
  /** Absent for lines and bodies that are no pattern of the library. */
  readonly pattern?: PatternId;
  /** The named parts of its score. */
  readonly signals?: Readonly<Record<string, number>>;
}

/** What is to be compared; the pattern as it is at the time without a version. */
export interface ArmDraft {
  readonly pattern: string;
  /** The first digits of its name. */
  readonly version?: string;
}

/** The best of what was shown together lately. */
export interface RecentLook {
  readonly impression: ImpressionRecord;
  /** Of its pattern; `undefined` for suggestions that are none. */
  readonly name: string | undefined;
}

/** What became of an impression; `share` goes with `edited`, `use` with `accepted`. */
export type OutcomeDraft = Pick<Outcome, 'kind'> & Partial<Pick<Outcome, 'share' | 'use'>>;

/**
 * What was shown, and what became of it. Whoever shows something calls `show` and keeps the ids;
 * whatever happens to it later is told by `record` under the id, from any process. Nothing else has
 * to be told: what comes to nothing is counted as ignored after a while.
 *
 * `find` notes what it shows by itself; see `Found.impression`.
 */
export interface OutcomesApi {
  /**
   * Notes one look at what is shown together. It is in the journal within a minute; for a surface
   * that puts patterns into a task (`INJECTING`) when this resolves.
   *
   * @returns an id for each of `shown`, in order
   */
  show(look: LookDraft): Promise<readonly ImpressionId[]>;
  /**
   * Notes what became of an impression; durable when it resolves. `passed` and `failed` are noted of
   * all that was shown with it; `up` and `down` rate its pattern, in its session and task. Saying the
   * same again changes nothing.
   *
   * @throws AppError `impression-not-found`, `bad-argument` for a share outside 0 to 1
   */
  record(impression: ImpressionId, outcome: OutcomeDraft): Promise<ImpressionRecord>;
  /**
   * Notes that a pattern was put to work: the impression by which it was last shown here was
   * accepted, or one that is made for it where there is none.
   *
   * @throws AppError `pattern-not-found`
   */
  recordUse(pattern: string, use: UseKind): Promise<ImpressionId>;
  impression(id: ImpressionId): Promise<ImpressionRecord | undefined>;
  /**
   * How often what was thought this likely was kept, on one surface and in the project of a folder;
   * in all of them without one.
   */
  calibration(surface: Surface, folder: string | undefined): Promise<readonly Calibration[]>;
  /** What was shown here last, the newest first; what is in no list any more is still explained. */
  recent(limit: number): Promise<readonly RecentLook[]>;
  /** By which a pattern was last shown here; `undefined` where it was not. */
  latest(pattern: PatternId): Promise<ImpressionId | undefined>;
  /**
   * Why an impression was shown, and what became of it and of its pattern.
   *
   * @throws AppError `impression-not-found`
   */
  why(impression: ImpressionId): Promise<Why>;
  /** How tasks ended to which patterns were added, beside those of which they were held out. */
  effect(): Promise<EffectReport>;
  /**
   * Compares two patterns, or two versions of one: from now on either is drawn for each task that one
   * of them fits; `effect` tells how the tasks ended.
   *
   * @throws AppError `pattern-not-found`, `pattern-forgotten`, `version-not-found`; `bad-argument`
   *   where both are the same, or where one is already being compared
   */
  compare(a: ArmDraft, b: ArmDraft): Promise<Experiment>;
  /**
   * Ends a comparison; what was learned of it stays.
   *
   * @param experiment the first digits of its name
   * @throws AppError `bad-argument` where there is none of that name
   */
  endComparison(experiment: string): Promise<Experiment>;
}

export const OUTCOMES_CALLS: CallTable<OutcomesApi> = {
  show: 1,
  record: 2,
  recordUse: 2,
  impression: 1,
  calibration: 2,
  recent: 1,
  latest: 1,
  why: 1,
  effect: 0,
  compare: 2,
  endComparison: 1,
};
