import type { Pattern, PatternId, Rating, SuccessRate } from '../pattern.ts';
import type { CallTable } from './calls.ts';

export interface PatternDraft {
  readonly code: string;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  /** File the code came from, for its language. */
  readonly path?: string;
  /** Where it stands, which it then keeps. */
  readonly place?: DraftPlace;
}

export interface DraftPlace {
  /** Absolute. */
  readonly file: string;
  /** Lines of the code, from 0; the last one belongs to it. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** What a person would be asked of a draft, as well as that can be told from the code. */
export interface DraftProposal {
  readonly name: string;
  readonly description: string;
  /** The function, class or test that the draft holds only a part of, head or end included. */
  readonly cutOff:
    { readonly name: string; readonly firstLine: number; readonly lastLine: number } | undefined;
}

export interface PatternEdit {
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly code?: string;
}

export interface RatingContext {
  readonly session?: string;
  readonly task?: string;
}

export interface PatternStatistics {
  readonly id: PatternId;
  readonly ratingCount: number;
  readonly successCount: number;
  readonly avgRating: number;
  readonly successRate: SuccessRate;
}

/** Imported patterns: one, or all that wait in quarantine under the name of a pack. */
export type AcceptTarget = { readonly pattern: string } | { readonly pack: string };

export type ForgetTarget = AcceptTarget | { readonly project: string };

/** What was forgotten, or exactly these patterns; of a pack, all that is forgotten of it. */
export type RestoreTarget = ForgetTarget | { readonly patterns: readonly PatternId[] };

/** What people do to patterns; every call resolves when what it did is durable. */
export interface CurateApi {
  /**
   * Proposes what to call code before it is added.
   *
   * @param text of the file that `draft.place` is in, as an editor holds it
   * @throws AppError `bad-argument`, `unsupported-language`
   */
  propose(draft: PatternDraft, text: string): Promise<DraftProposal>;
  /** @throws AppError `bad-argument`, `unsupported-language` */
  add(draft: PatternDraft): Promise<Pattern>;
  /**
   * Keeps every function, class and test of a text by hand, whatever its size.
   *
   * @returns the kept ones in order; empty where the text holds none
   * @throws AppError `unsupported-language`
   */
  addFragments(
    draft: Pick<PatternDraft, 'code' | 'path' | 'language'>,
  ): Promise<readonly Pattern[]>;
  edit(id: string, edit: PatternEdit): Promise<Pattern>;
  /**
   * Makes a pattern again what it was, as a new edit: nothing is lost by it. Where the code of a
   * project still holds the present text, that stays a pattern of its own.
   *
   * @param version the first digits of its name
   * @throws AppError `pattern-not-found`, `pattern-forgotten`, `version-not-found`
   */
  rollBack(id: string, version: string): Promise<Pattern>;
  /** `undefined` takes the rating back. */
  rate(id: string, rating: Rating | undefined, context: RatingContext): Promise<PatternStatistics>;
  /** All of it or nothing, with one write. @returns ids of what was forgotten */
  forget(target: ForgetTarget, purge: boolean): Promise<readonly PatternId[]>;
  /** @returns ids of what is back */
  restore(target: RestoreTarget): Promise<readonly PatternId[]>;
  accept(target: AcceptTarget): Promise<readonly PatternId[]>;
  /**
   * Takes a place that does otherwise what an idiom does out of sight, for good.
   *
   * @throws AppError `pattern-not-found`
   */
  dismiss(id: string, mark: string): Promise<void>;
}

export const CURATE_CALLS: CallTable<CurateApi> = {
  propose: 2,
  add: 1,
  addFragments: 1,
  edit: 2,
  rollBack: 2,
  rate: 3,
  forget: 2,
  restore: 1,
  accept: 1,
  dismiss: 2,
};
