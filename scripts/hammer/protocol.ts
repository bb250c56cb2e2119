import { writeSync } from 'node:fs';

/** What a worker tells its parent on standard output, one a line, once it is durable. */
export type Report =
  | { readonly kind: 'rating'; readonly pattern: string }
  | { readonly kind: 'file'; readonly path: string; readonly rev: number }
  | { readonly kind: 'compaction'; readonly files: number };

/** What a worker is started with, as JSON in its only argument. */
export interface Task {
  readonly folder: string;
  /** Different for each worker ever started. */
  readonly worker: string;
  /** File-system call at which a compactor kills itself; never when absent. */
  readonly killAtCall?: number;
  /** Whether a writer overlooks that its file was sealed, to see that the hammer finds loss. */
  readonly isBlind: boolean;
}

export function readTask(): Task {
  return JSON.parse(process.argv[2] ?? '{}') as Task;
}

/** In the pipe when it returns, so that it outlives the process. */
export function report(reports: readonly Report[]): void {
  const bytes = Buffer.from(reports.map((one) => `${JSON.stringify(one)}\n`).join(''));
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(1, bytes, written);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
