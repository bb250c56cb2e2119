import type { PatternId } from '../../src/core/model/pattern.ts';
import type { BrowserState } from '../browserState.ts';
import type { Requests } from '../requests.ts';
import type { Store } from '../store.ts';
import { joinUndoable, withoutRating } from './undoable.ts';
import type { Undoable } from './undoable.ts';

/** How long it is shown that a pattern went out of sight and can be had back at one key. */
const UNDO_MS = 12_000;

/** Offers for a while to undo what went out of sight. */
export interface Undoing {
  offer(undoable: Undoable): void;
  /** What is rated anew is no longer to be undone. */
  forgetRating(id: PatternId): void;
  /** The time to undo runs only while not held. */
  hold(held: boolean): void;
  /** Takes the offer, if there is one. @throws RequestFailure; it is offered again then */
  take(): Promise<void>;
}

export function createUndoing(store: Store<BrowserState>, requests: Requests): Undoing {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const set = (undoable: Undoable | undefined): void => {
    store.update((state) => ({ ...state, undoable }));
  };

  const limit = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      set(undefined);
    }, UNDO_MS);
  };

  const offer = (undoable: Undoable): void => {
    set(joinUndoable(store.state.undoable, undoable));
    limit();
  };

  // What went before the page was hidden is offered anew.
  if (store.state.undoable !== undefined) limit();

  return {
    offer,
    forgetRating: (id) => {
      set(withoutRating(store.state.undoable, id));
    },
    hold: (held) => {
      if (store.state.undoable === undefined) return;
      if (held) clearTimeout(timer);
      else limit();
    },
    take: async () => {
      const { undoable } = store.state;
      if (undoable === undefined) return;
      clearTimeout(timer);
      set(undefined);
      const { forgotten, ratedDown } = undoable;
      try {
        if (forgotten.length > 0) await requests.patterns.restore({ ids: forgotten });
        for (const { id, before } of ratedDown.toReversed()) {
          await requests.patterns.rate({ id, rating: before });
        }
      } catch (failure) {
        // It can be tried again, with what went since.
        offer(undoable);
        throw failure;
      }
    },
  };
}
