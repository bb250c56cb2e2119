/** Where jobs rest while somebody else needs the machine. */
export interface RestGate {
  set(resting: boolean): void;
  /** Resolves at once, or when nobody rests any more or the signal is aborted. */
  pass(signal: AbortSignal): Promise<void>;
}

export function createRestGate(): RestGate {
  let opened: PromiseWithResolvers | undefined;
  return {
    set: (resting) => {
      if (resting) {
        opened ??= withResolvers();
      } else {
        opened?.resolve();
        opened = undefined;
      }
    },
    pass: async (signal) => {
      if (opened === undefined || signal.aborted) return;
      const aborted = withResolvers();
      signal.addEventListener('abort', aborted.resolve);
      await Promise.race([opened.promise, aborted.promise]);
      signal.removeEventListener('abort', aborted.resolve);
    },
  };
}

interface PromiseWithResolvers {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
