import { setImmediate } from 'node:timers/promises';
import type { Watch } from '../model/api/watch.ts';

/**
 * Between two pieces of a job: gives the event loop its turn, so that a stop and other calls are
 * heard, and waits for as long as the job is to rest. Returns at once when the signal aborts.
 */
export async function rest({ rest: resting, signal }: Watch): Promise<void> {
  await setImmediate();
  if (resting === undefined || signal?.aborted === true) return;
  if (signal === undefined) return resting();
  const stopped = new AbortController();
  try {
    await Promise.race([resting(), abortOf(signal, stopped.signal)]);
  } finally {
    stopped.abort();
  }
}

/** @param stopped takes the listener off again */
function abortOf(signal: AbortSignal, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const options = { once: true, signal: stopped };
    signal.addEventListener(
      'abort',
      () => {
        resolve();
      },
      options,
    );
  });
}
