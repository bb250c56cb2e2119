import type { LineLayout, Suggestion, TypingPlace } from '../suggestions/suggestion.ts';
import type { RepeatedEdit } from '../suggestions/edit.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

/** A file of a project, by where it is on the disk. */
export interface FilePlace {
  /** Absolute path; of a commit the folder itself will do. */
  readonly file: string;
  /** The folder that counts as the project where the file is in no repository. */
  readonly folder: string;
}

/** A file as it stands in an editor. */
export interface OpenFile extends FilePlace {
  readonly text: string;
}

/** Where somebody types, and how sure a suggestion must be. */
export interface SuggestRequest extends FilePlace {
  readonly place: Omit<TypingPlace, 'path'>;
  readonly layout: LineLayout;
  /** 0 to 1: what is less likely kept is left out. */
  readonly minChance: number;
}

/** Which change is looked for elsewhere. */
export type ChangeSource =
  /** What an editor holds against the last commit; with `lines` only what touches them, from 0. */
  | {
      readonly kind: 'file';
      readonly text: string;
      readonly lines?: { readonly start: number; readonly end: number };
    }
  /** What a commit replaced in all of its files, however git spells it. */
  | { readonly kind: 'commit'; readonly commit: string }
  /** Two versions of some code in the language of the file. */
  | { readonly kind: 'change'; readonly before: string; readonly after: string };

export interface PlacesRequest extends FilePlace {
  readonly source: ChangeSource;
  /** Somebody asked: places of less specific changes are told too. */
  readonly isAsked: boolean;
}

export interface RepeatedEdits {
  /** Top of the project, absolute: the paths are relative to it. */
  readonly root: string;
  readonly edits: readonly RepeatedEdit[];
}

export interface SuggestApi {
  /**
   * Takes in what an editor holds: from then on it counts instead of the file, and what of it is
   * not committed counts most. Also reads the code of the project where that was not done or is
   * some time ago; resolves when that is done.
   *
   * @throws AppError `git-failed`, `git-missing`, `folder-not-found`, `bad-config`
   */
  read(file: OpenFile, watch?: Watch): Promise<void>;
  /** The editor is closed: what is on the disk counts again. */
  close(file: FilePlace): Promise<void>;
  /**
   * What may be meant at the cursor, the likeliest first, out of the code of this project as far as
   * it is read. Empty where nothing is likely enough.
   */
  at(request: SuggestRequest, watch?: Watch): Promise<readonly Suggestion[]>;
  /**
   * Other places in the project that look as the place of a replacement did before it, where that is
   * specific enough, and, where somebody asked, functions that are the changed one but for names; of
   * lines that were only added just these.
   *
   * @throws AppError `bad-argument` for a commit that is not there and, where somebody asked, for a
   *   file of which git holds no former version or that is no source of the project; `git-failed`, `git-missing`,
   *   `folder-not-found`, `bad-config`
   */
  places(request: PlacesRequest, watch?: Watch): Promise<RepeatedEdits>;
}

export const SUGGEST_CALLS: CallTable<SuggestApi> = { read: 1, close: 1, at: 1, places: 1 };
