import type { BrowserState } from '../browserState.ts';
import { RequestFailure } from '../requests.ts';
import type { Requests } from '../requests.ts';
import type { Store } from '../store.ts';
import { activeFilters } from './filters.ts';
import { layOut } from './layout.ts';
import {
  layoutOf,
  mayName,
  toListQuery,
  withDoubt,
  withFailure,
  withLook,
  withPage,
} from './listState.ts';
import type { ListState, Look } from './listState.ts';
import { overlaps, toMissingSpan, toRefreshSpan, toVisibleSpan } from './rowWindow.ts';
import type { RowSpan, Viewport } from './rowWindow.ts';

/** Keystrokes this soon after another one wait for the last of them; one by itself is asked for at once. */
const TYPING_MS = 30;

/** Who reads the answers no longer types; git is asked then, which takes a moment. */
const SETTLING_MS = 400;

/** However often the list scrolls, it is looked at this often for what is missing. */
const SCROLLING_MS = 30;

/** One event of the library seldom comes alone. */
const CHANGES_MS = 30;

/** Keeps the rows that are in view, and those around them, in the list. */
export interface ListLoading {
  /** The part of the list that is in view changed. */
  show(viewport: Viewport): void;
  /** Asks for something else, from its beginning. */
  look(change: Partial<Look>): void;
  /** Asks again for what is in view. */
  refresh(): void;
  /** Like `refresh`, once for all that changes within a moment. */
  refreshSoon(): void;
}

export function createListLoading(store: Store<BrowserState>, requests: Requests): ListLoading {
  let viewport: Viewport = { scrollTop: 0, height: 0 };
  let asked: { readonly span: RowSpan; readonly stop: AbortController } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let scrolling: ReturnType<typeof setTimeout> | undefined;

  const update = (change: (list: ListState) => ListState): void => {
    store.update((state) => ({ ...state, list: change(state.list) }));
  };

  const visibleSpan = (): RowSpan => toVisibleSpan(viewport, layoutOf(store.state.list));

  const ask = async (span: RowSpan): Promise<void> => {
    asked?.stop.abort();
    const mine = { span, stop: new AbortController() };
    asked = mine;
    try {
      const hasFacets = wantsFacets(store.state);
      const query = toListQuery(store.state.list, span, hasFacets);
      const answer = await requests.patterns.list(query, { signal: mine.stop.signal });
      asked = undefined;
      update((list) => withPage(list, span.start, answer, hasFacets));
      fill();
      settleSoon();
    } catch (failure) {
      if (mine.stop.signal.aborted) return;
      asked = undefined;
      if (!(failure instanceof RequestFailure)) throw failure;
      update((list) => withFailure(list, failure.failure));
    }
  };

  const settleSoon = (): void => {
    clearTimeout(settling);
    const { look, settled } = store.state.list;
    if (settled || !mayName(look)) return;
    settling = setTimeout(() => {
      if (store.state.list.stale) return;
      update((list) => ({ ...list, settled: true }));
      refresh();
    }, SETTLING_MS);
  };

  const fill = (): void => {
    const { list } = store.state;
    if (list.stale || list.failure !== undefined || list.page === undefined) return;
    const visible = visibleSpan();
    const missing = toMissingSpan(visible, list.page.total, (row) => list.rows.has(row));
    if (missing === undefined) return;
    if (asked !== undefined && overlaps(asked.span, visible)) return;
    void ask(missing);
  };

  const later = (work: () => void, ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };

  const refresh = (): void => {
    clearTimeout(timer);
    update(withDoubt);
    const { list } = store.state;
    // Without an answer the length of the list is unknown: the view is where it was saved.
    const layout = list.page === undefined ? layOut(Infinity, []) : layoutOf(list);
    void ask(toRefreshSpan(toVisibleSpan(viewport, layout)));
  };

  const show = (next: Viewport): void => {
    viewport = next;
    scrolling ??= setTimeout(() => {
      scrolling = undefined;
      fill();
    }, SCROLLING_MS);
  };

  return {
    refresh,
    show,
    refreshSoon: () => {
      update(withDoubt);
      later(refresh, CHANGES_MS);
    },
    look: (change) => {
      asked?.stop.abort();
      viewport = { ...viewport, scrollTop: 0 };
      update((list) => withLook(list, change));
      const isInARow = change.text !== undefined && typing !== undefined;
      if (change.text !== undefined) {
        clearTimeout(typing);
        typing = setTimeout(() => {
          typing = undefined;
        }, TYPING_MS);
      }
      later(refresh, isInARow ? TYPING_MS : 0);
    },
  };
}

/** Counting takes longer than finding: only what is seen is counted, and once for each look. */
function wantsFacets({ filtersOpen, list }: BrowserState): boolean {
  return list.stale && (filtersOpen || activeFilters(list.look.filters).length > 0);
}
