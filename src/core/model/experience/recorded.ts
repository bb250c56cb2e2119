import type { EpochMs } from '../epochMs.ts';
import type { ProvenOutcome, UsedMethod } from '../learning.ts';
import type { ProjectKey } from '../pattern.ts';

/** An error of a session as it is kept. */
export interface RecordedError {
  /** Place of its step from 0. */
  readonly step: number;
  readonly at: EpochMs | null;
  /** The line that told it. */
  readonly line: string;
  /** What was done until the same thing went well, by trait; `null` where it never did. */
  readonly mended: readonly { readonly trait: string; readonly seen: string }[] | null;
}

/** What was done in one step, or in several in a row, in words. */
export interface CreditedDeed {
  /** The first of them. */
  readonly step: number;
  /** Share of the outcome, 0 to 1; 0 of a run that only tells whether a change works. */
  readonly share: number;
  readonly what: string;
}

/** What is recorded of one session beside texts. */
export interface ExperienceFacts {
  readonly type: 'experience';
  readonly project: ProjectKey;
  /** Program and id: `claude-code 3f2a…`. */
  readonly session: string;
  /** Hash of what it was learned from, and of the way. */
  readonly contentHash: string;
  readonly task: string;
  /** When it ended; `null` where the log tells no times. */
  readonly endedAt: EpochMs | null;
  readonly steps: number;
  readonly outcome: ProvenOutcome;
  /** What a person said of the outcome, which stands above all else; `null` where nobody did. */
  readonly label: 'success' | 'failure' | null;
  readonly method: UsedMethod;
  readonly deeds: readonly CreditedDeed[];
  readonly errors: readonly RecordedError[];
  /** Why it was worth a strategy, or was not. */
  readonly reasons: readonly string[];
  /** Why it was set aside; `null` while it counts. */
  readonly pruned: string | null;
  /** A person took it back after it was set aside: it counts from then on, whatever it teaches. */
  readonly kept?: boolean;
}

/** One look at all sessions together; the newest counts. */
export interface BatchEvent {
  readonly type: 'batch';
  /** Of the sessions it looked at: the first 8 hex digits of the hash of each name. */
  readonly sessions: readonly string[];
  /** Patterns it found. */
  readonly patterns: number;
  readonly pruned: number;
}
