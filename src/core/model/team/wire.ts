/** What a team server and its clients say to each other; names as in the design document. */

export const ROLES = ['reader', 'writer', 'admin'] as const;

/** Each may do what those before it may. */
export type Role = (typeof ROLES)[number];

/** A pattern as lists show it. */
export interface TeamPattern {
  /** UUID that the server gave. */
  readonly id: string;
  /** `bug_fix`, `feature_addition`, or the kind of a pattern that is no change. */
  readonly problem_type: string;
  /** See `solutionHash`. */
  readonly solution_hash: string;
  readonly code_before: string;
  readonly code_after: string;
  readonly kind: string;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Votes that found it helpful, of `feedback_count`. */
  readonly success_count: number;
  readonly feedback_count: number;
  /** Times it did well where it was put to work, of `outcome_count`. */
  readonly good_outcomes: number;
  readonly outcome_count: number;
  /** Lower 95 % Wilson bound of the share of helpful votes. */
  readonly confidence: number;
  /** Whoever shared it first. */
  readonly created_by: string;
  /** ISO 8601, UTC; for people, never for order. */
  readonly created_at: string;
  readonly last_used: string | null;
}

export interface PatternList {
  readonly patterns: readonly TeamPattern[];
  /** Of all pages. */
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly per_page: number;
  /** What they are ordered by: `relevance` where `meaning` was asked for of a server that knows none. */
  readonly sort: string;
  /** Where the next page begins; absent at the end. */
  readonly cursor?: string;
}

/** One pattern with all a client needs to keep it. */
export interface WholeTeamPattern extends TeamPattern {
  /** One line of the exchange format: see `export`. */
  readonly line: string;
}

/** What became of a pattern since a client last asked. */
export type TeamChange =
  | { readonly id: string; readonly deleted: true; readonly solution_hash: string }
  | ({ readonly deleted: false } & WholeTeamPattern & Backing);

/** What people other than the author found: by vote, else by what most of their outcomes say. */
export interface Backing {
  /** People whom it served, of `judges`. */
  readonly backers: number;
  readonly judges: number;
}

export interface ChangePage {
  readonly changes: readonly TeamChange[];
  /** Asked with next; opaque. */
  readonly cursor: string;
  /** Another one means that the server lost or forgot its order: the client asks from the start. */
  readonly epoch: string;
  /** Whether there is more to ask for at once. */
  readonly more: boolean;
}

/** The answer to a pattern that was sent. */
export interface Accepted {
  readonly id: string;
  readonly solution_hash: string;
  /** False where somebody had shared the same solution before. */
  readonly created: boolean;
}

/** How a pattern fared after feedback on it. */
export interface Standing {
  readonly id: string;
  readonly success_count: number;
  readonly feedback_count: number;
}

/** Who a key belongs to. */
export interface Identity {
  readonly user: string;
  readonly machine: string;
  readonly role: Role;
  readonly team: string;
}

/** A key as administrators see it. */
export interface KeyRecord {
  readonly id: string;
  readonly user: string;
  readonly machine: string;
  readonly role: Role;
  readonly created_by: string;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

export interface KeyRequest {
  readonly user: string;
  readonly machine: string;
  readonly role: Role;
  /** ISO 8601; for ever when absent. */
  readonly expires_at?: string | undefined;
}

export interface IssuedKey extends KeyRecord {
  /** Told this once. */
  readonly key: string;
}

/** RFC 9457. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** Stable; clients go by it. */
  readonly code: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';
