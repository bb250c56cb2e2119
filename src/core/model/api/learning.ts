import type { ConfigOverrides } from '../config.ts';
import type { Experience } from '../experience/experience.ts';
import type { TrainingRows } from '../experience/trainingRows.ts';
import type { Attribution, CreditMethod, ErrorPattern, ProvenOutcome } from '../learning.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { PatternId, SuccessRate } from '../pattern.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

export interface AttributeRequest {
  /** As `learning.credit_strategy` says when absent. */
  readonly method?: CreditMethod;
  /** For `counterfactual` alone. */
  readonly trial?: TrialOrder;
  /** For `counterfactual` alone: names of sessions to compare with where nothing can be replayed. */
  readonly like?: readonly string[];
  /** Settings of the surface, which `.pattern-foundry.yaml` wins over. */
  readonly settings?: ConfigOverrides;
}

/** Leave to run the tests of a folder, in a checkout of its own. */
export interface TrialOrder {
  readonly folder: string;
  /** A person saw the command and trusts the folder. */
  readonly isTrusted: boolean;
  /** As it is configured, or as the project tells, when absent. */
  readonly command?: string;
  /** What the session led to; the files as they are now when absent. */
  readonly revision?: string;
  /** Of each run; ten minutes when absent. */
  readonly timeoutSeconds?: number;
  /** They may use the network; when absent only where the system cannot keep them from it. */
  readonly usesNetwork?: boolean;
}

export interface ErrorsRequest {
  /** Ids of sessions, logs, or folders that hold logs; those of the usual places when empty. */
  readonly names: readonly string[];
  /** ISO 8601: only logs that were written to from then on. */
  readonly since?: string;
}

export interface LearnedErrors {
  /** The most frequent first. */
  readonly errors: readonly ErrorPattern[];
  readonly sessions: number;
  /** Names for which there is neither a session nor a log. */
  readonly missing: readonly string[];
}

export interface LearnRequest extends ErrorsRequest {
  /** What a person says of how these sessions ended, which stands above all else. */
  readonly outcome?: 'success' | 'failure';
  /** Looks at all sessions together, whatever the conditions for that say. */
  readonly batch?: boolean;
  /** Settings of the surface, which `.pattern-foundry.yaml` wins over. */
  readonly settings?: ConfigOverrides;
}

/** What a look at all sessions together brought. */
export interface BatchSummary {
  /** Those that came since the last one. */
  readonly sessions: number;
  /** Code that recurs, found for the first time. */
  readonly patterns: number;
  /** Strategies that several sessions have in common, those that were known among them. */
  readonly procedures: number;
  /** Sessions that were set aside. */
  readonly pruned: number;
}

export interface LearnSummary {
  /** Read, those that were known among them. */
  readonly sessions: number;
  /** New, or changed since they were learned. */
  readonly learned: number;
  /** Those of the library that these sessions are among the sources of, each once. */
  readonly strategies: number;
  readonly errors: number;
  readonly missing: readonly string[];
  /** `undefined` where it was not time for one. */
  readonly batch: BatchSummary | undefined;
  /** What was not met for one. */
  readonly waitsFor: readonly LocalizedText[];
  readonly notes: readonly LocalizedText[];
}

/** A program that ended badly. */
export interface FailedRun {
  /** The end of what it printed. */
  readonly output: string;
  readonly command: string;
  /** Where it ran; absolute. */
  readonly folder?: string;
}

/** An error that was met before, and got over. */
export interface KnownError extends Pick<ErrorPattern, 'name' | 'frequency' | 'suggestedFix'> {
  readonly id: PatternId;
  /** As it was told this time. */
  readonly line: string;
  /** How many it was met in. */
  readonly sessions: number;
  /** What mended it. */
  readonly mending: string;
}

/** How many sessions succeeded, of those whose end is known. */
export interface Endings {
  readonly succeeded: number;
  readonly known: number;
}

/** What speaks for an order of deeds: sessions that kept to it, and those with such a task that did not. */
export interface ProcedureEvidence {
  readonly followed: Endings;
  readonly others: Endings;
}

/** What sessions teach: what to do, what went wrong, and code that several of them wrote. */
export type LessonKind = 'strategy' | 'error' | 'code';

/** A strategy, an error or code as the library has it. */
export interface LearnedLesson {
  readonly id: PatternId;
  readonly name: string;
  readonly description: string;
  readonly text: string;
  /** Names of the sessions it was learned in, in order. */
  readonly sessions: readonly string[];
  readonly successRate: SuccessRate;
  readonly ratingCount: number;
  /** How often it was put to work later. */
  readonly uses: number;
  /** Of an error; `undefined` for others. */
  readonly error: Pick<ErrorPattern, 'frequency' | 'suggestedFix'> | undefined;
  /** Of a strategy that several sessions have in common. */
  readonly evidence: ProcedureEvidence | undefined;
  /** Strategies that say something else to do when the same is met. */
  readonly contradictedBy: readonly PatternId[];
}

export interface LearningStatus {
  readonly sessions: number;
  readonly outcomes: Readonly<Record<ProvenOutcome, number>>;
  readonly strategies: number;
  readonly errors: number;
  /** Functions, classes and templates that several sessions wrote. */
  readonly code: number;
  readonly pruned: number;
  /** ISO 8601 in UTC. */
  readonly lastBatch: string | null;
  readonly waitsFor: readonly LocalizedText[];
  /** What a model may be asked for, and why nothing if so. */
  readonly model: { readonly name: string } | { readonly why: LocalizedText };
}

/** A session that was set aside. */
export interface SessionAside {
  /** Program and id. */
  readonly session: string;
  readonly task: string;
  /** ISO 8601 in UTC; `null` where its log tells no times. */
  readonly endedAt: string | null;
  readonly why: string;
}

/** What is remembered for a task: a plan that worked, or a warning. */
export interface Remembered {
  readonly session: string;
  readonly task: string;
  /** A failure is a warning; of an unknown one only what mended its errors is worth knowing. */
  readonly outcome: ProvenOutcome;
  /** 0 to 1. */
  readonly score: number;
  readonly plan: readonly string[];
  readonly errors: readonly { readonly line: string; readonly mending: string | undefined }[];
}

/** What sessions teach, by themselves and together; logs are only ever read. */
export interface LearningApi {
  /**
   * Which steps of a session made its outcome. Of a log that holds several, the one of most steps.
   *
   * @throws AppError `session-not-found`; with an order also `folder-not-trusted`, `bad-argument`,
   *   `git-failed`
   */
  attribute(name: string, request: AttributeRequest, watch?: Watch): Promise<Attribution>;
  /**
   * The program and arguments an order would run, to be shown before.
   *
   * @throws AppError `bad-argument`
   */
  testCommand(order: TrialOrder): Promise<readonly string[]>;
  /**
   * Learns from sessions that are new or have changed; running it again changes nothing.
   *
   * @throws an `AbortError` when stopped: what was recorded stays
   */
  learn(request: LearnRequest, watch?: Watch): Promise<LearnSummary>;
  status(settings?: ConfigOverrides): Promise<LearningStatus>;
  /**
   * What mended the error that a program just told, where it was met before: in the same project, or
   * else in any. `undefined` where it was not, or was never got over.
   */
  knownError(run: FailedRun): Promise<KnownError | undefined>;
  /** Strategies and code by value, and errors by how often they came; each error once. */
  lessons(kind: LessonKind): Promise<readonly LearnedLesson[]>;
  /**
   * What is known of a session that was learned from.
   *
   * @param name its id, or program and id
   * @throws AppError `session-not-found`
   */
  experience(name: string): Promise<Experience>;
  /** Sessions that were set aside, and why, the last that ended first. */
  aside(): Promise<readonly SessionAside[]>;
  /**
   * Takes sessions back that were set aside, and never sets them aside again.
   *
   * @param names their ids, or programs and ids; `undefined` for all that were set aside
   * @returns the names of those that had been set aside, in order of these
   * @throws AppError `session-not-found`, and then takes none of them back
   */
  takeBack(names: readonly string[] | undefined): Promise<readonly string[]>;
  /** What sessions like a task did, the best first; failures are warnings. */
  recall(task: string, limit: number): Promise<readonly Remembered[]>;
  /** Rows for a later training; nothing here trains. */
  trainingData(): Promise<TrainingRows>;
  /** @throws an `AbortError` when stopped */
  errors(request: ErrorsRequest, watch?: Watch): Promise<LearnedErrors>;
}

export const LEARNING_CALLS: CallTable<LearningApi> = {
  attribute: 2,
  testCommand: 1,
  learn: 1,
  status: 1,
  knownError: 1,
  lessons: 1,
  experience: 1,
  aside: 0,
  takeBack: 1,
  recall: 2,
  trainingData: 0,
  errors: 1,
};
