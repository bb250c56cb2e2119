import type { LineLayout, Suggestion, TypingPlace } from '../suggestions/suggestion.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

/** A file of a project, by where it is on the disk. */
export interface FilePlace {
  /** Absolute path. */
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
}

export const SUGGEST_CALLS: CallTable<SuggestApi> = { read: 1, close: 1, at: 1 };
