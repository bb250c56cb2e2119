import type { LocalizedText } from '../localizedText.ts';
import type { FilePatch } from '../trial/patch.ts';

/** A change of one file, bound to the very text it was made of. */
export interface PatchedFile extends FilePatch {
  /**
   * SHA-256 of the text before, as UTF-8, in lower-case hex; `null` where the file is added. Lines
   * alone would also fit other code by accident.
   */
  readonly baseHash: string | null;
}

/**
 * A structured diff: what a generator proposes, a selector compares and a person accepts. It
 * holds files and hunks and no text of a model, so that nobody downstream parses anything. One that
 * exists applies to the code it was made of; to any other code it is refused, never bent to fit.
 */
export interface Patch {
  /** SHA-256 of the files in lower-case hex: equal for equal changes of equal code, whoever made them. */
  readonly id: string;
  /** In the order of their paths, at least one. */
  readonly files: readonly PatchedFile[];
  readonly origin: Origin;
  /** 0 to 1: how much speaks for it by what its generator knows; absent where that tells nothing. */
  readonly score?: number;
  /** Reasons for a person, the strongest first; may be empty. */
  readonly why: readonly LocalizedText[];
}

/** Who made something. Equal proposals of different samples are votes for one another. */
export interface Origin {
  /** `name` of the generator. */
  readonly by: string;
  /** Counts the proposals of one generator for one instance, from 0. */
  readonly sample: number;
}

/** A whole file before and after a change; `null` where there is none. */
export interface ChangedFile {
  /** Relative to the top of the repository, with `/`; of a deleted file the one it had. */
  readonly path: string;
  /** Where the file was before, if somewhere else. */
  readonly formerPath?: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Octal, of a file that is added: `100755` for programs. */
  readonly mode?: string;
}

/**
 * Why a change is no patch, or does not apply.
 * - `outside`: a path leads out of the repository, or into `.git`
 * - `binary`: a file holds what is no text
 * - `nothing-changes`: before and after are equal
 * - `too-different`: the texts have too little in common for a diff
 * - `same-file-twice`: two changes are about one path
 * - `not-there`, `already-there`: a file to change is missing, one to add exists
 * - `other-base`: the text is not the one the patch was made of
 * - `does-not-fit`: the hunks contradict the text or each other
 * - `no-diff`: what was read is no unified diff of texts
 */
export type RefusalReason =
  | 'outside'
  | 'binary'
  | 'nothing-changes'
  | 'too-different'
  | 'same-file-twice'
  | 'not-there'
  | 'already-there'
  | 'other-base'
  | 'does-not-fit'
  | 'no-diff';

/** A refusal is a value, because models propose what does not apply all the time. */
export interface Refusal {
  readonly refused: RefusalReason;
  /** The file it is about; `undefined` where it is about none. */
  readonly path: string | undefined;
}

/** A test that fails as long as an issue is not resolved. */
export interface ReproductionTest {
  /** Adds or changes files of tests. */
  readonly patch: Patch;
  /** The file that is run, one of the patch; how is decided by the runner, never by a model. */
  readonly path: string;
  /**
   * It was written without sight of any patch. A test written beside a patch is weak evidence for
   * that patch: runs that do not resolve an issue pass their own last test as often as others.
   */
  readonly isBlind: boolean;
}
