import type { EpochMs } from '../epochMs.ts';

/** Programs whose logs are read, and the editor, where this program keeps the log itself. */
export type AgentName =
  | 'claude-code'
  | 'codex'
  | 'gemini-cli'
  | 'cline'
  | 'roo-code'
  | 'kilo-code'
  | 'copilot-chat'
  | 'copilot-cli'
  | 'opencode'
  | 'aider'
  | 'swe-agent'
  | 'mini-swe-agent'
  | 'openhands'
  | 'atif'
  | 'context-foundry'
  | 'team-chat'
  /** What a person did in VS Code, as this program recorded it. */
  | 'vscode';

/** Tokens of one response, or of several. All are whole numbers. */
export interface TokenUsage {
  /** Read by the model and not out of a cache. */
  readonly input: number;
  readonly cacheRead: number;
  /** Written to a cache, of both lifetimes. */
  readonly cacheWrite: number;
  /** The part of `cacheWrite` that is kept for an hour. */
  readonly cacheWrite1h: number;
  /** Written by the model, with what it thought. */
  readonly output: number;
  /** The part of `output` that was thinking, where the log tells it. */
  readonly reasoning: number;
}

export type Vendor = 'anthropic' | 'openai' | 'google';

/** One answer of a model, however many rows of the log tell of it; or a sum that the log gives. */
export interface ModelResponse {
  /** The same in every copy of the same response, also in other files. */
  readonly key: string;
  readonly at: EpochMs | undefined;
  readonly model: string;
  readonly vendor: Vendor | undefined;
  /** The subagent that asked; absent for the main conversation. */
  readonly subagent: string | undefined;
  readonly usage: TokenUsage;
  /**
   * `lower-bound`: the log holds the usage of the beginning of the response only. `guessed`: by the
   * length of the texts. `estimate`: told second hand, and not part of the totals.
   */
  readonly certainty: 'exact' | 'lower-bound' | 'guessed' | 'estimate';
  /** How full the context was: tokens; absent where the log does not tell. */
  readonly contextTokens: number | undefined;
  /** US dollars, as the log tells them. */
  readonly loggedUsd: number | undefined;
  /** Answered at a higher price for more speed. */
  readonly isPriority: boolean;
}

export interface Compaction {
  readonly at: EpochMs | undefined;
  readonly trigger: string;
  readonly tokensBefore: number | undefined;
  readonly tokensAfter: number | undefined;
}

export type PlanStatus = 'pending' | 'in_progress' | 'completed' | 'cancelled';

export interface PlanItem {
  readonly key: string;
  readonly text: string;
  readonly status: PlanStatus;
  /** Left out of a later list before it was done. */
  readonly isDropped: boolean;
}

/** A run of tests, a build or a check of style that a command stands for. */
export interface CheckRun {
  readonly kind: 'test' | 'build' | 'lint';
  readonly runner: string;
  readonly command: string;
  readonly at: EpochMs | undefined;
  /** By the counters of the output, else by the exit code. */
  readonly isPassed: boolean | undefined;
  readonly passed: number | undefined;
  readonly failed: number | undefined;
  readonly skipped: number | undefined;
}

/** Share of the code that tests ran, as a tool printed it. */
export interface CoverageReading {
  readonly at: EpochMs | undefined;
  readonly tool: string;
  /** 0 to 100. */
  readonly percent: number;
}

export type ErrorKind = 'command' | 'tool' | 'rejected' | 'cancelled' | 'api';

export interface FileEdit {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
  /** Lines that this session wrote itself were among those that went. */
  readonly isRework: boolean;
  /** What went and what came in its place; absent in sessions read in brief, and where it is very long. */
  readonly text?: { readonly before: string; readonly after: string };
}

/** What came back from a tool. */
export interface Observation {
  readonly at: EpochMs | undefined;
  /** The beginning of it. */
  readonly text: string;
  readonly exitCode: number | undefined;
  readonly error: ErrorKind | undefined;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** A command of a shell, cut where it is very long. */
  readonly command: string | undefined;
  /** Folder the command began in; absent where it is that of the session, or is not told. */
  readonly folder?: string;
  readonly reads: string | undefined;
  readonly edits: readonly FileEdit[];
  readonly observation: Observation | undefined;
  /** What its output told of the code; absent where it told nothing. */
  readonly tells?: 'tests' | 'hosted-checks';
}

/** One turn of the conversation. Long texts are cut: the log keeps them. */
export interface Step {
  readonly at: EpochMs | undefined;
  readonly source: 'user' | 'agent' | 'system';
  readonly text: string;
  readonly model: string | undefined;
  /** Who acted, where several take part; absent for the main agent. */
  readonly subagent: string | undefined;
  /** `ModelResponse.key` */
  readonly response: string | undefined;
  readonly toolCalls: readonly ToolCall[];
  /** What the person said here of the work so far; absent where they judged nothing. */
  readonly verdict?: Verdict;
}

/** Whether a person was content with what was done, and what they said of it: a whole sentence, or words of it. */
export interface Verdict {
  readonly isGood: boolean;
  readonly said: string;
}

/** What tells how a session ended, or what came of it. */
export interface Mark {
  readonly kind:
    | 'label'
    | 'commit'
    | 'push'
    | 'pull-request'
    | 'hosted-checks'
    | 'finished'
    | 'interrupted'
    | 'api-error'
    | 'exit-status';
  readonly at: EpochMs | undefined;
  readonly text: string;
  /** Whether it speaks for success; absent where it says neither. */
  readonly isGood: boolean | undefined;
}

/** Rows that could not be used, by why. */
export interface Skipped {
  readonly lines: number;
  readonly reasons: Readonly<Record<string, number>>;
}

/** What one conversation with an agent left in logs. */
export interface Session {
  readonly id: string;
  readonly agent: AgentName;
  readonly agentVersion: string | undefined;
  readonly title: string | undefined;
  /** Folder it worked in. */
  readonly folder: string | undefined;
  /** Logs it was read from. */
  readonly logs: readonly string[];
  readonly models: readonly string[];
  /** When anything happened, in order. */
  readonly times: readonly EpochMs[];
  readonly steps: readonly Step[];
  readonly responses: readonly ModelResponse[];
  readonly compactions: readonly Compaction[];
  readonly plan: readonly PlanItem[];
  readonly checks: readonly CheckRun[];
  readonly coverage: readonly CoverageReading[];
  readonly marks: readonly Mark[];
  /** Tokens the model can hold, as the log tells it. */
  readonly windowTokens: number | undefined;
  /** Shares of the window, 0 to 1, where the log tells nothing else of the context. */
  readonly contextRatios: readonly number[];
  readonly skipped: Skipped;
}
