import { ProgressLocation, window } from 'vscode';
import type { Progress, Watch } from '../../core/model/api/watch.ts';
import { UNNOTICED_MS } from './notification.ts';
import { describeProgress } from './progressText.ts';
import { createIncrements, shareOfWork } from './share.ts';

/** Waits for what a person asked for; a notification tells how far it is and stops it. */
export async function watchWork<T>(
  title: string,
  work: (watch: Required<Pick<Watch, 'signal' | 'onProgress'>>) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  let latest: Progress | undefined;
  let onChange = (): void => undefined;
  const done = work({
    signal: stop.signal,
    onProgress: (progress) => {
      latest = progress;
      onChange();
    },
  });
  const opening = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title, cancellable: true };
    void window.withProgress(options, async (shown, token) => {
      token.onCancellationRequested(() => {
        stop.abort();
      });
      const toIncrement = createIncrements();
      onChange = () => {
        shown.report({
          message: describeProgress(latest),
          increment: toIncrement(shareOfWork(latest)),
        });
      };
      onChange();
      await Promise.allSettled([done]);
    });
  }, UNNOTICED_MS);
  try {
    return await done;
  } finally {
    clearTimeout(opening);
  }
}
