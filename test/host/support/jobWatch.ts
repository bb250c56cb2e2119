import type { Uri } from 'vscode';

import type { JobRequest, Shell } from '../../../src/extension/shell.ts';

/** What the jobs were asked for that ran while they were watched. */
export interface JobWatch {
  /** In the order they ran; each as often as its job told of itself. */
  requests(origin: JobRequest['origin'], folder: Uri): readonly JobRequest[];
  close(): void;
}

export function openJobWatch({ jobs }: Shell): JobWatch {
  const seen: JobRequest[] = [];
  const watch = jobs.onDidChange((status) => {
    if (status.state === 'extracting') seen.push(status.request);
  });
  return {
    requests: (origin, folder) =>
      seen.filter(
        (request) => request.origin === origin && request.folder.toString() === folder.toString(),
      ),
    close: () => {
      watch.dispose();
    },
  };
}
