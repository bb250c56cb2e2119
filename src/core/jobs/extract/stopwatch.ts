/** Milliseconds by what they were spent on. */
export type Timings = Readonly<Record<string, number>>;

/** Adds up where the time of a run goes. */
export interface Stopwatch {
  readonly timings: Timings;
  /** Times the work until it has ended, also where it fails. */
  time<T>(part: string, work: () => Promise<T>): Promise<T>;
  timeSync<T>(part: string, work: () => T): T;
  /** Takes in what another stopwatch has measured. */
  add(timings: Timings): void;
}

/** @param clockMs milliseconds that only grow */
export function createStopwatch(clockMs: () => number): Stopwatch {
  const timings: Record<string, number> = {};
  const addMs = (part: string, ms: number): void => {
    timings[part] = (timings[part] ?? 0) + ms;
  };
  return {
    timings,
    async time(part, work) {
      const startMs = clockMs();
      try {
        return await work();
      } finally {
        addMs(part, clockMs() - startMs);
      }
    },
    timeSync(part, work) {
      const startMs = clockMs();
      try {
        return work();
      } finally {
        addMs(part, clockMs() - startMs);
      }
    },
    add(others) {
      for (const [part, ms] of Object.entries(others)) addMs(part, ms);
    },
  };
}
