import type { Attribution, CreditMethod, ErrorPattern } from '../learning.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

export interface AttributeRequest {
  /** As `learning.credit_strategy` says when absent. */
  readonly method?: CreditMethod;
  /** Needed for `counterfactual` alone. */
  readonly trial?: TrialOrder;
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
  /** Names of sessions to compare with where nothing can be replayed. */
  readonly like?: readonly string[];
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

/** What sessions teach, by themselves and together; logs are only ever read. */
export interface LearningApi {
  /**
   * Which steps of a session made its outcome. Of a log that holds several, the one of most steps.
   *
   * @throws AppError `session-not-found`; with an order also `folder-not-trusted`, `bad-argument`,
   *   `git-failed`; with a model as `ChatModel.complete`
   */
  attribute(name: string, request: AttributeRequest, watch?: Watch): Promise<Attribution>;
  /**
   * The program and arguments an order would run, to be shown before.
   *
   * @throws AppError `bad-argument`
   */
  testCommand(order: TrialOrder): Promise<readonly string[]>;
  /** @throws an `AbortError` when stopped */
  errors(request: ErrorsRequest, watch?: Watch): Promise<LearnedErrors>;
}

export const LEARNING_CALLS: CallTable<LearningApi> = {
  attribute: 2,
  testCommand: 1,
  errors: 1,
};
