import type { Watch } from '../core/model/api/watch.ts';
import type { Interruption, Io } from './io.ts';
import { createProgressBar, createProgressLines } from './progress.ts';

/** Runs work that takes a while: progress goes to standard error, Ctrl-C aborts it. */
export async function watchWork<T>(
  io: Io,
  work: (watch: Watch) => Promise<T>,
  onStop: (signal: Interruption) => void,
): Promise<T> {
  const inPlace = io.stderr.isTTY && io.env['TERM'] !== 'dumb';
  const view = (inPlace ? createProgressBar : createProgressLines)(io.stderr, io.clockMs);
  const controller = new AbortController();
  const release = io.onInterrupt((signal) => {
    onStop(signal);
    view.end();
    void io.stderr.write('stopping… (again to stop at once)\n');
    controller.abort();
  });
  try {
    return await work({
      signal: controller.signal,
      onProgress: (progress) => {
        if (!controller.signal.aborted) view.update(progress);
      },
    });
  } finally {
    view.end();
    release();
  }
}
