import type { Io } from './io.ts';

/** Work that ends when the person asks to stop, such as that of a server. */
export async function untilStopped(
  io: Io,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const putBack = io.onInterrupt(() => {
    stop.abort();
  });
  try {
    await work(stop.signal);
  } finally {
    putBack();
  }
}
