import type { CodePointer } from '../resolution/codePointer.ts';
import type { NamelessInstance } from '../resolution/instance.ts';
import type { MendedBy } from '../resolution/mended.ts';
import type { ChangedFile, Patch } from '../resolution/patch.ts';
import type { Selected } from '../resolution/stages.ts';
import type { CallTable } from './calls.ts';
import type { TrialOrder } from './learning.ts';
import type { Watch } from './watch.ts';

/**
 * `words`: words of files and names of what they declare. `meaning`: the files that words find, by
 * what their declarations mean. `hybrid`: these and all else that the text of an issue gives away,
 * such as paths, names of code, tracebacks and messages. A language model is asked by `agentless`,
 * from files to functions to lines, by `codemonkeys`, which reads the likeliest files one by one, and
 * by `composed`, which joins `hybrid` and `agentless`. `imported` answers with what another program
 * found, once `ExperimentsApi.importPlaces` read it.
 */
export const LOCALIZERS = [
  'words',
  'meaning',
  'hybrid',
  'agentless',
  'codemonkeys',
  'composed',
  'imported',
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

/**
 * `patterns`: fixes of the library that fit the code as they fitted other code; no model is asked.
 * `agentless`: independent answers of a model, and tests it writes without sight of them.
 * `codemonkeys`: a model writes edit and test together and revises both by what running them says.
 */
export const GENERATORS = ['patterns', 'agentless', 'codemonkeys'] as const;
export type Generator = (typeof GENERATORS)[number];

/**
 * `tests`: which tests a patch mends and breaks, votes among equals. `majority`: how often the same was
 * proposed. `model`: what a model is surest of, which may have a test written and run to tell the best
 * apart. `mix`: all that is known without asking a model to judge.
 */
export const SELECTORS = ['mix', 'tests', 'majority', 'model'] as const;
export type Selector = (typeof SELECTORS)[number];

export interface ResolveOptions extends LocalizeOptions {
  /** `patterns` when absent. */
  readonly generator?: Generator;
  /** `mix` when absent. */
  readonly selector?: Selector;
  /** Patches at most: 10 when absent, and for those that ask a model fewer. */
  readonly candidates?: number;
  /** Leave to run the project's tests; none is run when absent. */
  readonly tests?: TestLeave;
  /**
   * What each stage did, and all that is asked of a model, is kept in the library, without secrets, as
   * a run of the experiment `resolve`.
   */
  readonly isRecorded?: boolean;
}

/** Leave to run the tests of the repository of an issue, with patches, in a checkout of its own. */
export type TestLeave = Omit<TrialOrder, 'folder' | 'revision'>;

/** What came of an issue, stage by stage. */
export interface Resolution extends Places {
  /** In the order they were proposed; equal ones are votes. */
  readonly patches: readonly Patch[];
  readonly selected: Selected;
  /** See `ResolutionApi.mendedBy`. By it, no patch is chosen that no model made. */
  readonly mendedBy: MendedBy | null;
}

/** Resolves issues, step by step. */
export interface ResolutionApi {
  /**
   * Finds places, proposes patches for them and chooses among these. Nothing is changed.
   *
   * @throws AppError as `localize`, `folder-not-trusted` for tests without trust, and `bad-argument`
   *   where nobody can tell how tests are run
   */
  resolve(issue: NamelessInstance, options: ResolveOptions, watch?: Watch): Promise<Resolution>;
  /**
   * The commit that mended what an issue tells, where its change is in the code: in its files as they
   * are, or in a revision. `null` where nothing says so, and outside a repository.
   *
   * @throws AppError `folder-not-found`, `git-failed`, `bad-argument` for a revision that is not there
   */
  mendedBy(issue: NamelessInstance, watch?: Watch): Promise<MendedBy | null>;
  /**
   * The words of the command that tests of a folder run by, for a person to see before they allow it.
   *
   * @throws AppError `bad-argument` where nobody can tell it
   */
  testCommand(folder: string, leave: TestLeave): Promise<readonly string[]>;
  /**
   * Whole files of a folder as they are and as a patch makes them, in the order of the patch; nothing
   * is changed.
   *
   * @throws AppError `patch-refused` where the files are no longer those it was made of
   */
  preview(folder: string, patch: Patch): Promise<readonly ChangedFile[]>;
  /**
   * Writes a patch to the files of a folder, all of it or nothing.
   *
   * @returns the paths that changed, relative to the top of the repository
   * @throws AppError `patch-refused` where the files are no longer those it was made of
   */
  apply(folder: string, patch: Patch): Promise<readonly string[]>;
  /**
   * Finds where an issue is to be resolved.
   *
   * @throws AppError `folder-not-found`, `git-failed`, `bad-config`, `bad-argument` for a revision
   *   that is not there, `model-not-allowed` for a localizer that needs a model, and what that throws
   */
  localize(instance: NamelessInstance, options: LocalizeOptions, watch?: Watch): Promise<Places>;
}

export const RESOLUTION_CALLS: CallTable<ResolutionApi> = {
  ...{ localize: 2, resolve: 2, testCommand: 2, preview: 2, apply: 2, mendedBy: 1 },
};
