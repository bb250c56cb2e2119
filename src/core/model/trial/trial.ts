/** A program with its arguments; no shell ever reads it. */
export interface TestCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface TrialLimits {
  readonly timeMs: number;
  /** Of what is kept of its output, the end. */
  readonly outputCharacters: number;
  /** Of all its processes together, where the system tells. */
  readonly memoryBytes: number;
}

export const USUAL_LIMITS: TrialLimits = {
  timeMs: 10 * 60_000,
  outputCharacters: 200_000,
  memoryBytes: 4 * 1024 ** 3,
};

/** What became of one run of a command. */
export interface TrialRun {
  /** `failed`: it ran, and ended with another number than 0. */
  readonly outcome: 'passed' | 'failed' | 'out-of-time' | 'out-of-memory' | 'not-started';
  readonly exitCode: number | undefined;
  /** The end of what it printed on both streams, in the order it came. */
  readonly output: string;
  readonly durationMs: number;
  /** Which lines ran, where the tests left a report of it in the format of LCOV. */
  readonly coverage?: string;
}
