/** A call that stands for all that come while it waits. */
export interface Gathered {
  readonly call: () => void;
  dispose(): void;
}

/** Runs `action` once for all calls that come within `delayMs` of the first. */
export function gathered(delayMs: number, action: () => void): Gathered {
  let timer: NodeJS.Timeout | undefined;
  return {
    call() {
      timer ??= setTimeout(() => {
        timer = undefined;
        action();
      }, delayMs);
    },
    dispose() {
      clearTimeout(timer);
    },
  };
}
