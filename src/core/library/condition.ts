import { AppError } from '../model/errors.ts';
import { localized, type LocalizedText } from '../model/localizedText.ts';
import type { LibraryTrouble } from '../model/ports/libraryUpkeep.ts';
import type { Journal } from './journal/journal.ts';
import type { Presence } from './presence.ts';
import { troublesOf } from './trouble.ts';
import type { LibraryView } from './view/libraryView.ts';

/** Watches over whether the library on disk is whole, and tells once what is not. */
export interface Condition {
  /** Takes in what others wrote, or that the library was deleted: it is empty then. */
  refresh(): void;
  /**
   * Between two refreshes; what was held in memory of a library that was deleted must not return.
   *
   * @throws AppError `library-deleted`
   */
  refuseDeleted(): void;
  /** Whether there is a library on disk that this process may write on. */
  isThere(): boolean;
}

export interface ConditionParts {
  readonly folder: string;
  readonly journal: Journal;
  readonly live: LibraryView;
  readonly presence: Presence;
  readonly onTrouble: (trouble: LibraryTrouble) => void;
}

export function watchCondition(parts: ConditionParts): Condition {
  const { folder, journal, live, presence, onTrouble } = parts;
  const said = new Set<string>();
  let isDeleted = false;
  tellTroubles();

  function tellTroubles(): void {
    for (const trouble of troublesOf(live.lastScan, journal.folder)) {
      if (said.has(trouble.message.text)) continue;
      said.add(trouble.message.text);
      onTrouble(trouble);
    }
  }

  function deletedText(): LocalizedText {
    return localized`the library in ${folder} was deleted while it was in use: what this process held of it is discarded`;
  }

  /** Drops all that was read of it, so that nothing of it is written again. */
  function notice(): void {
    if (!presence.isGone()) return;
    isDeleted = true;
    journal.discard();
    live.rebuild();
    presence.follow();
    onTrouble({ message: deletedText(), isRecoverable: false });
  }

  return {
    refresh() {
      notice();
      isDeleted = false;
      live.refresh();
      tellTroubles();
    },
    refuseDeleted() {
      notice();
      if (isDeleted) throw new AppError('library-deleted', deletedText());
    },
    isThere() {
      notice();
      return !isDeleted && presence.isThere();
    },
  };
}
