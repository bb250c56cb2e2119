import type { ConfigOverrides } from '../config.ts';
import type { Deed, Recording } from '../sessions/deed.ts';
import type { AgentName } from '../sessions/session.ts';
import type {
  LastingReport,
  OutcomeMetric,
  SessionComparison,
  SessionReport,
} from '../sessions/sessionReport.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

export interface AnalyzeRequest {
  /** Ids of sessions, logs, or folders that hold logs; those of the usual places when empty. */
  readonly names: readonly string[];
  /** As many, the newest ones. */
  readonly recent?: number;
  /** ISO 8601: only what happened from then on. */
  readonly since?: string;
  /** Only sessions that worked in this folder or below it, or in one of this name. */
  readonly project?: string;
  /** Those of an editor, under `.pattern-foundry.yaml`. */
  readonly settings?: ConfigOverrides;
}

export interface Analysis {
  /** Newest first; those that were named in the order of their names. */
  readonly sessions: readonly SessionReport[];
  /** Names for which there is neither a session nor a log. */
  readonly missing: readonly string[];
}

export interface LearnRequest {
  /** Ids of sessions, logs, or folders of logs; all that succeeded, in the usual places, when empty. */
  readonly names: readonly string[];
  /** ISO 8601: without names, only what happened from then on. */
  readonly since?: string;
  /** As of `AnalyzeRequest`. */
  readonly settings?: ConfigOverrides;
}

/** What was learned from a session. */
export interface LearnedFromSession {
  readonly id: string;
  readonly agent: AgentName;
  readonly outcome: OutcomeMetric['label'];
  /** Changed by it and still there, relative to its folder; none where it failed. */
  readonly files: readonly string[];
  /** That these files hold. */
  readonly patterns: number;
  /** Patterns of which it was noted that the session passed or failed with them. */
  readonly told: number;
}

export type ReportFormat = 'md' | 'html';

/**
 * What agents did, out of the logs they leave, which are only ever read; and what a person did in an
 * editor, which is recorded.
 */
export interface SessionsApi {
  /** @throws an `AbortError` when stopped */
  analyze(request: AnalyzeRequest, watch?: Watch): Promise<Analysis>;
  /**
   * Sessions without what only their logs hold, newest first; those whose logs are gone too.
   *
   * @throws an `AbortError` when stopped
   */
  list(request: Omit<AnalyzeRequest, 'names'>, watch?: Watch): Promise<readonly LastingReport[]>;
  /**
   * Two sessions side by side, against the spread of the person's newest others.
   *
   * @throws AppError `session-not-found`
   */
  compare(first: string, second: string, watch?: Watch): Promise<SessionComparison>;
  /**
   * The sessions of a log, a folder or an id, each as one document of the Agent Trajectory
   * Interchange Format (JSON), with secrets replaced.
   *
   * @throws AppError `session-not-found`
   */
  trajectories(name: string, watch?: Watch): Promise<readonly string[]>;
  /**
   * Extracts patterns from the files that sessions changed, unless they failed, and notes what became
   * of the patterns they used: of a failed one only those that were used since its tests last passed.
   *
   * @throws AppError `session-not-found`, and as `JobsApi.extract`
   */
  learn(request: LearnRequest, watch?: Watch): Promise<readonly LearnedFromSession[]>;
  /**
   * Adds what was done to the log of a recording, in the library's folder and without secrets; text of
   * files that git ignores or that are no source code is left out. Nothing is written where the library
   * is read-only. The same deed again changes nothing.
   *
   * @throws AppError `bad-argument` for an id that is no UUID; `disk-full`, `library-write-failed`
   */
  record(recording: Recording, deeds: readonly Deed[]): Promise<void>;
  /** The reports as a document for people. */
  describe(
    content: readonly SessionReport[] | SessionComparison,
    format: ReportFormat,
  ): Promise<string>;
}

export const SESSIONS_CALLS: CallTable<SessionsApi> = {
  analyze: 1,
  list: 1,
  compare: 2,
  trajectories: 1,
  learn: 1,
  record: 2,
  describe: 2,
};
