import type { CodePointer } from '../resolution/codePointer.ts';
import type { NamelessInstance } from '../resolution/instance.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

/**
 * `words`: words of files and names of what they declare. `meaning`: the files that words find, by
 * what their declarations mean. `hybrid`: these and all else that the text of an issue gives away,
 * such as paths, names of code, tracebacks and messages. A language model is asked by `agentless`,
 * from files to functions to lines, by `codemonkeys`, which reads the likeliest files one by one, and
 * by `composed`, which joins `hybrid` and `agentless`.
 */
export const LOCALIZERS = [
  'words',
  'meaning',
  'hybrid',
  'agentless',
  'codemonkeys',
  'composed',
] as const;
export type Localizer = (typeof LOCALIZERS)[number];

export interface LocalizeOptions {
  /** `hybrid` when absent. */
  readonly localizer?: Localizer;
  /** Files at most, and as many functions; 10 when absent. */
  readonly limit?: number;
  /** Answers without the meaning of code that was not met before; it is there the next time. */
  readonly atOnce?: boolean;
}

export interface Places {
  /** Best first: files, and the functions of the best files, each after the file it stands in. */
  readonly places: readonly CodePointer[];
  /** Top level of the repository on the disk, which the paths of places are relative to. */
  readonly root: string;
}

/** Resolves issues, step by step. */
export interface ResolutionApi {
  /**
   * Finds where an issue is to be resolved.
   *
   * @throws AppError `folder-not-found`, `git-failed`, `bad-config`, `bad-argument` for a revision
   *   that is not there, `model-not-allowed` for a localizer that needs a model, and what that throws
   */
  localize(instance: NamelessInstance, options: LocalizeOptions, watch?: Watch): Promise<Places>;
}

export const RESOLUTION_CALLS: CallTable<ResolutionApi> = { localize: 2 };
