import { setImmediate } from 'node:timers/promises';
import type { Watch } from '../model/api/watch.ts';

/**
 * Between two pieces of a job: gives the event loop its turn, so that a stop and other calls are
 * heard, and waits for as long as the job is to rest. Returns at once when the signal aborts.
 */
export async function rest({ rest: resting, signal }: Watch): Promise<void> {
  await setImmediate();
  if (resting === undefined || signal?.aborted === true) return;
  await unlessStopped(resting(), signal);
}

/** What work comes to; `undefined` as soon as the signal aborts, while the work goes on. */
export async function unlessStopped<T>(
  work: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  if (signal === undefined) return work;
  const settled = new AbortController();
  try {
    return await Promise.race([work, abortOf(signal, settled.signal)]);
  } finally {
    settled.abort();
  }
}

/** As `rest`, for work that ends by what is thrown: the signal's reason once it aborts. */
export function pauseOf(watch: Watch): () => Promise<void> {
  return async () => {
    await rest(watch);
    watch.signal?.throwIfAborted();
  };
}

/** @param settled takes the listener off again */
function abortOf(signal: AbortSignal, settled: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => {
      resolve(undefined);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: settled });
  });
}
