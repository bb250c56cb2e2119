import type { Clock } from '../../src/core/platform/clock.ts';

export interface ManualClock extends Clock {
  /** Lets time pass and calls back what is due, in order. */
  pass(durationMs: number): void;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
}

export function createManualClock(): ManualClock {
  let nowMs = 0;
  const timers = new Set<Timer>();
  const nextUntil = (endMs: number): Timer | undefined =>
    [...timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs)[0];
  return {
    nowMs: () => nowMs,
    after(delayMs, callback) {
      const timer = { dueMs: nowMs + delayMs, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    pass(durationMs) {
      const endMs = nowMs + durationMs;
      for (let timer = nextUntil(endMs); timer !== undefined; timer = nextUntil(endMs)) {
        timers.delete(timer);
        nowMs = timer.dueMs;
        timer.callback();
      }
      nowMs = endMs;
    },
  };
}
