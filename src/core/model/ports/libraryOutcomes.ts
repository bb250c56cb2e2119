import type { EpochMs } from '../epochMs.ts';
import type { ImpressionsEvent } from '../event.ts';
import type { Impression, ImpressionId, LeftOut, Outcome, Surface } from '../outcomes/outcome.ts';
import type { Experiment } from '../outcomes/experiment.ts';
import type { TaskOutcome } from '../outcomes/effect.ts';
import type { PatternId, ProjectKey } from '../pattern.ts';

/** An outcome with when it was told. */
export interface OutcomeRecord extends Outcome {
  readonly at: EpochMs;
}

/** An impression with all that is known of it. */
export interface ImpressionRecord extends Impression {
  /** The named parts of its score; empty where it answered no text or was folded to a count. */
  readonly signals: Readonly<Record<string, number>>;
  /** The oldest first. */
  readonly outcomes: readonly OutcomeRecord[];
}

/** How often what was thought this likely to be of use was kept. */
export interface Calibration {
  /** 0 to 1, in steps of a twentieth. */
  readonly estimate: number;
  /** Impressions that were not left out on purpose. */
  readonly shown: number;
  /** Those that were taken and stayed, as far as is known. */
  readonly kept: number;
}

/** What was shown and what became of it. */
export interface LibraryOutcomes {
  impression(id: ImpressionId): ImpressionRecord | undefined;
  /** All that were shown together, in order, those left out on purpose included. */
  ofLook(look: ImpressionId): readonly ImpressionRecord[];
  /** What was left out of a look; empty where nothing was or it was folded to counts. */
  leftOutOf(look: ImpressionId): readonly LeftOut[];
  /** Impressions of a pattern and of what it was before that something became of, latest first. */
  ofPattern(id: PatternId, limit: number): readonly ImpressionRecord[];
  /** Of patterns that were shown between two times and not left out on purpose, the oldest first. */
  during(from: EpochMs, to: EpochMs): readonly ImpressionRecord[];
  /** The lowest estimate first; of all projects together without one. */
  calibration(surface: Surface, project: ProjectKey | undefined): readonly Calibration[];
  /** Of which the tests or the build were told, in the order in which something was shown. */
  tasks(): readonly TaskOutcome[];
  /** What is and was compared, the newest first. */
  experiments(): readonly Experiment[];
  /** Impressions on these surfaces from before a time that nothing became of. */
  pending(surfaces: ReadonlySet<Surface>, before: EpochMs): readonly Impression[];
  /** Counts that say of impressions from days before a time how many there were. */
  foldable(before: EpochMs): readonly Omit<ImpressionsEvent, 'type'>[];
}
