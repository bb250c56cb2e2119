import { systemClock, type Clock } from './clock.ts';

/** One call that stands for all that come while it waits. */
export interface Coalesced {
  readonly call: () => void;
  /** Runs at once what waits, if anything does, and ends the pause after the last run. */
  flush(): void;
  /** Runs nothing that waits; later calls are heard again. */
  dispose(): void;
}

export interface CoalesceOptions {
  /** From the first call to the run that stands for it; 0 runs at once. */
  readonly delayMs: number;
  /** After a run the next one waits this long, however often it is called; 0 when absent. */
  readonly pauseMs?: number;
  readonly clock?: Clock;
}

/** Runs `action` once for all calls that come while it waits. Keeps no process alive. */
export function coalesce(
  { delayMs, pauseMs = 0, clock = systemClock }: CoalesceOptions,
  action: () => void,
): Coalesced {
  let callOffRun: (() => void) | undefined;
  let callOffPause: (() => void) | undefined;
  let isCalledInPause = false;

  function run(): void {
    callOffRun = undefined;
    isCalledInPause = false;
    if (pauseMs > 0) callOffPause = clock.after(pauseMs, endPause);
    action();
  }

  function endPause(): void {
    callOffPause = undefined;
    if (isCalledInPause) run();
  }

  function stop(): void {
    callOffRun?.();
    callOffPause?.();
    callOffRun = undefined;
    callOffPause = undefined;
    isCalledInPause = false;
  }

  return {
    call() {
      if (callOffPause !== undefined) isCalledInPause = true;
      else if (delayMs === 0) run();
      else callOffRun ??= clock.after(delayMs, run);
    },
    flush() {
      const isWaiting = callOffRun !== undefined || isCalledInPause;
      stop();
      if (isWaiting) action();
    },
    dispose: stop,
  };
}
