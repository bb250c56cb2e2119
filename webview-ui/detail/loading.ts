import type { BrowserState, DetailState } from '../browserState.ts';
import { RequestFailure } from '../requests.ts';
import type { Requests } from '../requests.ts';
import type { DetailView } from '../../src/protocol/browser.ts';
import type { Store } from '../store.ts';

/** Keeps the details of the pattern on top of the trail up to date while they are open. */
export interface DetailLoading {
  /** Asks for it; what is shown of it stays until the answer comes. */
  refresh(): void;
}

export function createDetailLoading(store: Store<BrowserState>, requests: Requests): DetailLoading {
  let stop = new AbortController();

  const ask = async (): Promise<void> => {
    stop.abort();
    stop = new AbortController();
    const { signal } = stop;
    const { trail, detailsOpen } = store.state;
    const id = trail.at(-1);
    if (id === undefined || !detailsOpen) return;
    try {
      const view = await requests.patterns.detail({ id }, { signal });
      store.update((state) => ({ ...state, detail: toDetailState(view, state.detail) }));
    } catch (failure) {
      if (signal.aborted) return;
      if (!(failure instanceof RequestFailure)) throw failure;
      const detail: DetailState = { phase: 'failed', failure: failure.failure };
      store.update((state) => ({ ...state, detail }));
    }
  };

  return { refresh: () => void ask() };
}

/** What is being edited stays so while the rest of the page follows the library. */
function toDetailState(view: DetailView | undefined, shown: DetailState): DetailState {
  if (view === undefined) return { phase: 'gone' };
  const editing = shown.phase === 'shown' ? shown.editing : undefined;
  return { phase: 'shown', view, editing };
}
