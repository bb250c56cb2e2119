import { Disposable, l10n, ProgressLocation, window } from 'vscode';
import type { Jobs, JobsStatus } from '../shell.ts';
import { describeWork } from './progressText.ts';
import { createIncrements, shareOf } from './share.ts';

/** Shorter work is over before it could be cancelled. */
export const UNNOTICED_MS = 500;

/** Shows what a person started by hand in a notification that cancels it. */
export function registerProgressNotification(jobs: Jobs): Disposable {
  let isOpen = false;
  let opening: NodeJS.Timeout | undefined;
  const watch = jobs.onDidChange((status) => {
    if (!isOfPerson(status)) {
      clearTimeout(opening);
      opening = undefined;
    } else if (!isOpen) {
      opening ??= setTimeout(() => {
        opening = undefined;
        isOpen = true;
        void show(jobs).then(() => (isOpen = false));
      }, UNNOTICED_MS);
    }
  });
  return Disposable.from(
    watch,
    new Disposable(() => {
      clearTimeout(opening);
    }),
  );
}

function isOfPerson(status: JobsStatus): boolean {
  return status.state === 'extracting' && status.request.origin === 'person';
}

function show(jobs: Jobs): Thenable<void> {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t('Extracting patterns'),
    cancellable: true,
  };
  return window.withProgress(options, (progress, token) => {
    token.onCancellationRequested(() => {
      jobs.cancel('person');
    });
    const toIncrement = createIncrements();
    const report = (status: JobsStatus): void => {
      if (status.state !== 'extracting') return;
      progress.report({ message: describeWork(status), increment: toIncrement(shareOf(status)) });
    };
    report(jobs.status);
    return new Promise<void>((resolve) => {
      const watch = jobs.onDidChange((status) => {
        report(status);
        if (isOfPerson(status)) return;
        watch.dispose();
        resolve();
      });
    });
  });
}
