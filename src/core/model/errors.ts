import type { LocalizedText } from './localizedText.ts';

/** Stable codes of failures a person can act on; the README lists what to do about each. */
export type ErrorCode =
  | 'adapter-damaged'
  | 'adapter-mismatch'
  | 'adapter-not-found'
  | 'adapter-unsupported'
  | 'adapter-version-exists'
  | 'adapter-version-not-found'
  | 'adapter-worse'
  | 'bad-argument'
  | 'bad-config'
  | 'bad-setting'
  | 'disk-full'
  | 'embedder-failed'
  | 'experiment-not-found'
  | 'folder-not-found'
  | 'folder-not-trusted'
  | 'folder-too-large'
  | 'git-failed'
  | 'git-missing'
  | 'impression-not-found'
  | 'library-damaged'
  | 'library-deleted'
  | 'library-incomplete'
  | 'library-on-shared-drive'
  | 'library-read-only'
  | 'library-unreadable'
  | 'library-write-failed'
  | 'model-answer-unusable'
  | 'model-budget-spent'
  | 'model-failed'
  | 'model-not-allowed'
  | 'pack-damaged'
  | 'pack-not-found'
  | 'pack-untrusted'
  | 'patch-refused'
  | 'pattern-forgotten'
  | 'pattern-not-found'
  | 'places-not-imported'
  | 'port-taken'
  | 'project-forgotten'
  | 'project-not-found'
  | 'purge-pending'
  | 'session-not-found'
  | 'team-answer-unreadable'
  | 'team-data-in-use'
  | 'team-database-mismatch'
  | 'team-key-needed'
  | 'team-not-connected'
  | 'team-refused'
  | 'team-unreachable'
  | 'unsupported-language'
  | 'version-not-found';

/**
 * A failure a person can act on. The message is lower case, names the thing and has no full stop;
 * what to do next is the surface's business.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** The message, for surfaces that translate it. */
  readonly localizedMessage: LocalizedText;
  /** Where a person mends it; `undefined` where that is not a file. */
  readonly place: FilePlace | undefined;

  constructor(
    code: ErrorCode,
    message: LocalizedText,
    { place, ...options }: ErrorOptions & { readonly place?: FilePlace | undefined } = {},
  ) {
    super(message.text, options);
    this.name = 'AppError';
    this.code = code;
    this.localizedMessage = message;
    this.place = place;
  }
}

/** Also true of one that another bundle of this program made, which has a class of its own. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === 'AppError' && 'code' in error;
}

/** A line of a file in which something is wrong. */
export interface FilePlace {
  /** Absolute, in the notation of this machine. */
  readonly file: string;
  /** From 1, as people count. */
  readonly line: number;
}

/** Closes a switch over a union: reaching it is a bug. */
export function unreachable(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
