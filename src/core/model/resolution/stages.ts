import type { LocalizedText } from '../localizedText.ts';
import type { CodePointer } from './codePointer.ts';
import type { Instance } from './instance.ts';
import type { MendedBy } from './mended.ts';
import type { Patch, ReproductionTest } from './patch.ts';

/**
 * Stages hand over streams. Whoever reads asks for the next item, so a generator that is ahead of the
 * tests waits, and nothing is made that nobody asks for; whoever has enough stops reading, and the
 * stage ends. A list is a stream too: that is how a stage is run on what another one recorded.
 */
export type Feed<Item> = AsyncIterable<Item> | Iterable<Item>;

export interface StageWatch {
  /** A stage that is stopped throws an `AbortError` at its next step. */
  readonly signal?: AbortSignal;
}

/** Values that make an implementation differ from another of its name; they can be written as JSON. */
export type Parameters = Readonly<Record<string, string | number | boolean | null>>;

/** What all implementations of all stages have. */
export interface Stage {
  /** Names it on the command line and in what is recorded, such as `hybrid`. */
  readonly name: string;
  /**
   * All that its answer depends on beside what it is given. A recorded or kept answer counts for
   * the same name and parameters only.
   */
  readonly parameters: Parameters;
}

/**
 * Finds where an issue is to be resolved. It knows nothing of what is done with its places, so it can
 * be followed by anything, measured alone, and its answers kept: it is the stage that costs most
 * where a model reads the code.
 */
export interface Localization extends Stage {
  /**
   * Places, best first; of a file that is among them the file comes before what lies in it.
   *
   * @throws AppError as the implementation says: `folder-not-found`, `git-failed`, `bad-config`,
   *   `bad-argument` for a revision that is not there; of a model those of `ChatModel.complete`
   */
  locate(instance: Instance, watch?: StageWatch): AsyncIterable<CodePointer>;
}

/**
 * Proposes patches. It gets places and not the answer of a certain localizer, because a generator
 * that packs whole files and one that edits lines choose for themselves how fine they read.
 *
 * Patches come one by one: independent samples could be made side by side and tested while the next
 * is made, and a generator that revises yields what it ends with, which is the same to a reader.
 */
export interface PatchGeneration extends Stage {
  /**
   * Patches that apply to the code of the instance. A proposal that does not is left out by the
   * generator; equal ones come again, since they are votes.
   *
   * @param context places, best first; it may stop reading them at any time
   * @throws AppError as `Localization.locate`
   */
  generate(
    context: Feed<CodePointer>,
    instance: Instance,
    watch?: StageWatch,
  ): AsyncIterable<Patch>;
}

/**
 * Writes tests that fail because of the issue. It is apart from `PatchGeneration` so that tests can be
 * blind to patches; what writes both together implements both and says so of its tests.
 */
export interface TestGeneration extends Stage {
  /** @throws AppError as `Localization.locate` */
  generateTests(
    context: Feed<CodePointer>,
    instance: Instance,
    watch?: StageWatch,
  ): AsyncIterable<ReproductionTest>;
}

/** What a selector may use beside the patches. */
export interface Evidence {
  /** Reproduction tests; none when absent. */
  readonly tests?: Feed<ReproductionTest>;
}

/** A patch with what was found out about it. */
export interface Judged {
  readonly patch: Patch;
  /** Comparable within one answer; higher is better. */
  readonly score: number;
  /** Reasons for a person, the strongest first. */
  readonly why: readonly LocalizedText[];
  /** Tests were run with it and told something; absent where none did. */
  readonly isTested?: true;
}

/**
 * What a selector answers. A tie and "none is good enough" are answers: who is made to name one
 * patch names a wrong one, and a measure could not tell luck from knowledge.
 */
export type Choice =
  | { readonly kind: 'chosen'; readonly patch: Patch }
  /** Equally good, at least two. */
  | { readonly kind: 'tie'; readonly patches: readonly Patch[] }
  | { readonly kind: 'none' };

export interface Selected {
  readonly choice: Choice;
  /** All patches that were compared, the best first, equal ones once. */
  readonly judged: readonly Judged[];
  /** Why this is the answer. */
  readonly why: readonly LocalizedText[];
  /** What a person has to know of how it was found, such as that no test could be run; may be empty. */
  readonly notes: readonly LocalizedText[];
  /** The commit that mended the issue already, as it seems; absent where nothing says so. */
  readonly mendedBy?: MendedBy;
}

/**
 * Chooses among patches. It does not know who proposed them and may not ask for more, so that any
 * selector can be set against chance and against one that knows the answer, on the same patches.
 */
export interface Selection extends Stage {
  /** @throws AppError as `Localization.locate`; `folder-not-trusted` where tests would be run */
  select(
    patches: Feed<Patch>,
    instance: Instance,
    evidence?: Evidence,
    watch?: StageWatch,
  ): Promise<Selected>;
}

/** What a stage handed on, as it is recorded: the next one can be run on it alone. */
export type StageOutput =
  | { readonly stage: 'localization'; readonly places: readonly CodePointer[] }
  | { readonly stage: 'generation'; readonly patches: readonly Patch[] }
  | { readonly stage: 'testing'; readonly tests: readonly ReproductionTest[] }
  | { readonly stage: 'selection'; readonly selected: Selected };

export type StageName = StageOutput['stage'];
