import type { AgentName, PlanStatus } from './session.ts';

/** How far a figure can be trusted. */
export type Exactness = 'exact' | 'lower-bound' | 'estimate' | 'not-measured';

export type MetricName =
  | 'tokens'
  | 'costUsd'
  | 'completion'
  | 'context'
  | 'time'
  | 'tests'
  | 'coverage'
  | 'outcome'
  | 'work'
  | 'patterns';

/** Tokens as reports tell them: `total` is the sum of all but `reasoning`, which is in `output`. */
export interface TokenTotals {
  /** Not out of a cache. */
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
  readonly reasoning: number;
  readonly total: number;
}

export interface TokenShare extends TokenTotals {
  /** A model or a subagent. */
  readonly name: string;
  readonly responses: number;
  /** US dollars; null where there is no price. */
  readonly costUsd: number | null;
}

export interface CompletionMetric {
  /** Items ever planned, without those that were cancelled. */
  readonly total: number;
  readonly completed: number;
  /** Left out of a later list before they were done; part of `total`. */
  readonly dropped: number;
  /** `completed` of `total`, 0 to 1; null where all were cancelled. */
  readonly rate: number | null;
  readonly items: readonly { text: string; status: PlanStatus; dropped: boolean }[];
}

export interface ContextMetric {
  /** Shares of the window, 0 to 1, over the responses of the main conversation. */
  readonly averageRatio: number | null;
  readonly maxRatio: number | null;
  readonly windowTokens: number | null;
  readonly compactions: readonly {
    /** ISO 8601. */
    readonly at: string | null;
    readonly trigger: string;
    readonly tokensBefore: number | null;
    readonly tokensAfter: number | null;
  }[];
  /** One point a response, in order. */
  readonly curve: readonly { readonly at: string | null; readonly tokens: number }[];
}

export interface TimeMetric {
  readonly wallMs: number | null;
  /** Without waiting for the person; pauses count up to five minutes each. */
  readonly activeMs: number | null;
  /** From the end of an answer to what the person wrote next. */
  readonly waitingMs: number | null;
  /** Active time for each item of the plan that was completed. */
  readonly perTaskMs: number | null;
  readonly perStepMs: number | null;
}

export interface CheckSummary {
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  /** How the last run went; null where it did not say. */
  readonly last: 'passed' | 'failed' | null;
}

export interface TestRunReport {
  readonly at: string | null;
  readonly runner: string;
  readonly command: string;
  readonly state: 'passed' | 'failed' | 'unknown';
  readonly passed: number | null;
  readonly failed: number | null;
  readonly skipped: number | null;
}

export interface TestsMetric extends CheckSummary {
  /** The same command failed and then passed with no file changed between. */
  readonly flaky: readonly string[];
  /** What the last run with counters counted. */
  readonly lastCounters: {
    readonly passed: number | null;
    readonly failed: number | null;
    readonly skipped: number | null;
  } | null;
  readonly history: readonly TestRunReport[];
  readonly builds: CheckSummary;
  readonly lints: CheckSummary;
}

export interface CoverageMetric {
  readonly tool: string;
  /** 0 to 100: the last one printed. */
  readonly percent: number;
  /** Against the first one printed. */
  readonly change: number;
}

export interface OutcomeMetric {
  readonly label: 'success' | 'failure' | 'partial' | 'unknown';
  readonly evidence: readonly string[];
  /** 0 to 1. */
  readonly confidence: number;
  /**
   * More than the agent's own word speaks for it, so that sessions are learned from by it; false for
   * `partial` and `unknown`. Absent where it was not recorded.
   */
  readonly isProven?: boolean;
}

/** Something that came again and again. */
interface Repeated {
  /** ISO 8601, of the last time; absent where the log tells none. */
  readonly lastAt?: string;
}

export interface WorkMetric {
  readonly prompts: number;
  readonly steps: number;
  readonly toolCalls: number;
  readonly filesChanged: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
  /** Files whose own fresh lines were changed again three times or more. */
  readonly reworkLoops: readonly (Repeated & { readonly path: string; readonly edits: number })[];
  readonly repeatedFailures: readonly (Repeated & {
    readonly command: string;
    readonly times: number;
  })[];
  readonly repeatedReads: readonly (Repeated & { readonly path: string; readonly times: number })[];
  /** By kind; rejections and cancellations are no faults of the agent's. */
  readonly errors: Readonly<Record<string, number>>;
  /** By kind, ISO 8601: the last one whose time the log tells. Absent where it was not recorded. */
  readonly lastErrors?: Readonly<Record<string, string>>;
  /** Calls of the same tool that worked after one that failed. */
  readonly recovered: number;
  readonly rejections: number;
  readonly interruptions: number;
  readonly commits: number;
  /** ISO 8601, in order, of those whose time the log tells. Absent where it was not recorded. */
  readonly commitTimes?: readonly string[];
}

/** A pattern that was there before the session, and what it had to do with it. */
export interface SessionPattern {
  readonly id: string;
  readonly name: string;
  /** Put into a task of the session. */
  readonly injected: boolean;
  /** Taken, or written again. */
  readonly used: boolean;
  /** Whether what was taken stayed, as far as is known. */
  readonly kept: boolean | null;
  readonly outcome: 'passed' | 'failed' | null;
  /** By what was shown in the session, by what was shown while it went on, or by the code it wrote. */
  readonly evidence: 'session' | 'time' | 'code';
}

/** What is told of one session, as `analyze --format json` prints it. */
/** A step that mattered. */
export interface StepMark {
  /** Its place among the steps, from 0. */
  readonly step: number;
  /** ISO 8601. */
  readonly at: string | null;
  /** What it did, in words. */
  readonly what: string;
  /** Of what the session led to, 0 to 1. */
  readonly share: number;
  /** What speaks for it that things went wrong here first; empty for any other step. */
  readonly faults: readonly string[];
}

export interface SessionReport {
  readonly id: string;
  readonly agent: AgentName;
  readonly agentVersion: string | null;
  readonly models: readonly string[];
  /** ISO 8601. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly title: string | null;
  readonly folder: string | null;
  readonly logs: readonly string[];
  readonly tokens: TokenTotals;
  readonly tokensByModel: readonly TokenShare[];
  readonly tokensBySubagent: readonly TokenShare[];
  /** Tokens of subagents whose own logs are missing; not part of `tokens`. */
  readonly estimatedSubagentTokens: number;
  readonly costUsd: number | null;
  /** Models without a price. */
  readonly unpriced: readonly string[];
  readonly costPerTaskUsd: number | null;
  readonly exactness: Readonly<Record<MetricName, Exactness>>;
  readonly completion: CompletionMetric | null;
  readonly context: ContextMetric;
  readonly time: TimeMetric;
  readonly tests: TestsMetric;
  readonly coverage: CoverageMetric | null;
  readonly outcome: OutcomeMetric;
  readonly work: WorkMetric;
  readonly patterns: readonly SessionPattern[];
  /** In order; absent where the log was not read for it. */
  readonly steps?: readonly StepMark[];
  readonly skipped: { readonly lines: number; readonly reasons: Readonly<Record<string, number>> };
}

/**
 * What is kept of a report when its log is gone: all but the long lists, which are read from the log
 * while it is there.
 */
export interface LastingReport extends Omit<SessionReport, 'logs' | 'context' | 'tests' | 'steps'> {
  readonly context: Omit<ContextMetric, 'curve'>;
  readonly tests: Omit<TestsMetric, 'history'>;
}

/** What a figure counts; a ratio is 0 to 1. */
export type FigureUnit = 'ratio' | 'percent' | 'dollars' | 'minutes' | 'count';

/** Two sessions side by side. */
export interface SessionComparison {
  readonly ids: readonly [string, string];
  /** How many other sessions the spread is taken from. */
  readonly ownSessions: number;
  readonly rows: readonly {
    readonly name: string;
    readonly unit: FigureUnit;
    readonly values: readonly [number | null, number | null];
    /** Second less first. */
    readonly difference: number | null;
    /** Standard deviation over the person's own sessions; null where there are too few. */
    readonly spread: number | null;
    /** Larger than twice the spread; null where that cannot be told. */
    readonly standsOut: boolean | null;
  }[];
}
