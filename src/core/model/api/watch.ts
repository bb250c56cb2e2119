/**
 * How far a job is; numbers only grow within a stage. They count files, commits, texts, the bytes or
 * characters of what is imported, the patterns of what is exported, the runs of an experiment, and the
 * issues whose places are imported.
 */
export interface Progress {
  readonly stage:
    'list' | 'files' | 'idioms' | 'history' | 'embed' | 'import' | 'export' | 'runs' | 'issues';
  readonly done: number;
  /** `undefined` while unknown. */
  readonly total: number | undefined;
  /** Patterns found, imported or exported so far. */
  readonly patterns: number;
}

export interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Awaited between files, commits and batches: a job rests as long as it is pending. */
  readonly rest?: () => Promise<void>;
}
