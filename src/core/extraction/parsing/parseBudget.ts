/** What parsing one text, masked once more where it has errors, may cost before it is given up. */
export interface ParseBudget {
  /** Parser steps: sound code takes up to two for a character, broken code five. */
  readonly steps: number;
  readonly stepsPerCharacter: number;
  /** UTF-16 units handed to the parser, which asks again for what it goes back to. */
  readonly units: number;
  readonly unitsPerCharacter: number;
  /** Processor time of this process, for steps that cost more than others. */
  readonly cpuMs: number;
  readonly cpuMsPerCharacter: number;
  readonly maxCpuMs: number;
  /** How much the parser's memory may grow. */
  readonly growthBytes: number;
  readonly growthBytesPerCharacter: number;
}

/**
 * Ten times what the most expensive of 1,700 files of seven projects took, and more for small ones;
 * a hostile text of 255 characters would take half a minute and 700 MB.
 */
export const DEFAULT_BUDGET: ParseBudget = {
  steps: 20_000,
  stepsPerCharacter: 20,
  units: 4_000_000,
  unitsPerCharacter: 40,
  cpuMs: 400,
  cpuMsPerCharacter: 0.003,
  maxCpuMs: 4_000,
  growthBytes: 40_000_000,
  growthBytesPerCharacter: 100,
};

/** Looking at processor time takes longer than most parses, which end before it is looked at. */
const LOOK_EVERY_MS = 5;

/** The parser reports about every so many steps. */
const STEPS_PER_REPORT = 100;

/** What one parse has spent of its budget. */
export interface Meter {
  readonly isSpent: boolean;
  readUnits(count: number): void;
  /** To be called at every report of the parser. */
  report(): void;
}

export function startMeter(budget: ParseBudget, length: number): Meter {
  let steps = budget.steps + length * budget.stepsPerCharacter;
  let units = budget.units + length * budget.unitsPerCharacter;
  const cpuMs = Math.min(budget.cpuMs + length * budget.cpuMsPerCharacter, budget.maxCpuMs);
  let lookedMs = performance.now();
  /** Since the first look. */
  let start: NodeJS.CpuUsage | undefined;
  let isSpent = false;
  return {
    get isSpent() {
      return isSpent;
    },
    readUnits(count) {
      units -= count;
      if (units < 0) isSpent = true;
    },
    report() {
      steps -= STEPS_PER_REPORT;
      if (steps < 0) isSpent = true;
      const nowMs = performance.now();
      if (nowMs - lookedMs < LOOK_EVERY_MS) return;
      lookedMs = nowMs;
      start ??= process.cpuUsage();
      const { user, system } = process.cpuUsage(start);
      if (user + system > cpuMs * 1_000) isSpent = true;
    },
  };
}
