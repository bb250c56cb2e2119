import type { CancellationToken } from 'vscode';

/** Aborts when the editor no longer wants the answer. */
export function signalOf(token: CancellationToken): AbortSignal {
  const stopped = new AbortController();
  if (token.isCancellationRequested) stopped.abort();
  token.onCancellationRequested(() => {
    stopped.abort();
  });
  return stopped.signal;
}
