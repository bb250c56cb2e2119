/** Lets the first of many values through, then the latest at most once per interval. */
export interface Throttle<T> {
  push(value: T): void;
  /** Lets the latest value through, if one waits, and ends the interval. */
  flush(): void;
}

export function createThrottle<T>(intervalMs: number, emit: (value: T) => void): Throttle<T> {
  let waiting: { readonly value: T } | undefined;
  let timer: NodeJS.Timeout | undefined;

  function letThrough(value: T): void {
    waiting = undefined;
    emit(value);
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting !== undefined) letThrough(waiting.value);
    }, intervalMs);
    timer.unref();
  }

  return {
    push: (value) => {
      if (timer === undefined) letThrough(value);
      else waiting = { value };
    },
    flush: () => {
      clearTimeout(timer);
      timer = undefined;
      if (waiting !== undefined) emit(waiting.value);
      waiting = undefined;
    },
  };
}
