import type { Attribution, CreditMethod, ErrorPattern } from '../learning.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

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

/** What sessions teach, by themselves and together; logs are only ever read, and no model is asked. */
export interface LearningApi {
  /**
   * Which steps of a session made its outcome. Of a log that holds several, the one of most steps.
   *
   * @throws AppError `session-not-found`
   */
  attribute(name: string, method: CreditMethod, watch?: Watch): Promise<Attribution>;
  /** @throws an `AbortError` when stopped */
  errors(request: ErrorsRequest, watch?: Watch): Promise<LearnedErrors>;
}

export const LEARNING_CALLS: CallTable<LearningApi> = { attribute: 2, errors: 1 };
