import type { PatternId, Rating } from '../src/core/model/pattern.ts';
import { rateByThumb, type PatternRow, type Thumb } from '../src/core/model/patternRow.ts';
import type { PatternFilter } from '../src/core/model/filter.ts';
import type { BrowserAction, PatternTarget, ToBrowser } from '../src/protocol/browser.ts';
import type { BrowserState, EditableField, Named } from './browserState.ts';
import { createDetailLoading } from './detail/loading.ts';
import { createListLoading } from './list/loading.ts';
import type { ListLoading } from './list/loading.ts';
import type { Focus } from './focus.ts';
import { joinForgotten } from './forgotten.ts';
import type { Forgotten } from './forgotten.ts';
import { createInTurn } from './inTurn.ts';
import { freshLook, withRow, withoutRows } from './list/listState.ts';
import type { Look } from './list/listState.ts';
import { RequestFailure } from './requests.ts';
import type { Requests } from './requests.ts';
import type { Store } from './store.ts';

/** How long it is shown that a pattern was forgotten and can be had back at one key. */
const UNDO_MS = 12_000;

/** What a person can do in the browser. Everything ends up in the store. */
export interface Browser {
  readonly list: ListLoading;
  readonly focus: Focus;
  /** The row that has the focus when the list has it. */
  activate(index: number): void;
  act(action: BrowserAction): void;
  open(id: PatternId): void;
  back(): void;
  /** Lists what a filter leaves, or what was listed, with the cursor in the search box. */
  lookFor(filters: PatternFilter | undefined): void;
  /** Opens the pattern so many rows further down the list. */
  step(rows: number): void;
  /** See `rateByThumb`. */
  rate(id: PatternId, thumb: Thumb): void;
  forget(pattern: Named): void;
  undo(): void;
  /** The time to undo runs only while not held. */
  holdUndo(held: boolean): void;
  edit(field: EditableField | undefined): void;
  save(change: { readonly description?: string; readonly tags?: readonly string[] }): void;
  accept(target: PatternTarget): void;
  discardPack(pack: string): void;
  toggleFilters(): void;
  dismissFailure(): void;
  retry(): void;
  /** Takes in what the extension says. */
  receive(message: ToBrowser): void;
}

export interface BrowserParts {
  readonly store: Store<BrowserState>;
  readonly requests: Requests;
  readonly act: (action: BrowserAction) => void;
  readonly focus: Focus;
}

export function createBrowser({ store, requests, act, focus }: BrowserParts): Browser {
  const list = createListLoading(store, requests);
  const detail = createDetailLoading(store, requests);
  let undoTimer: ReturnType<typeof setTimeout> | undefined;

  const set = (change: Partial<BrowserState>): void => {
    store.update((state) => ({ ...state, ...change }));
  };

  /** What a person asked for either happens or says on the page why not. */
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
      set({ failure: undefined });
    } catch (failure) {
      if (!(failure instanceof RequestFailure)) throw failure;
      set({ failure: failure.failure });
    }
  };

  const refresh = (): void => {
    list.refreshSoon();
    detail.refresh();
  };

  const retry = (): void => {
    list.refresh();
    detail.refresh();
  };

  const show = (trail: readonly PatternId[]): void => {
    set({ trail, detail: { phase: 'loading' } });
    detail.refresh();
    if (trail.length > 0) focus.heading();
  };

  const activate = (active: number): void => {
    store.update((state) => ({ ...state, list: { ...state.list, active } }));
  };

  const back = (): void => {
    show(store.state.trail.slice(0, -1));
    if (store.state.trail.length === 0) focus.row(store.state.list.active);
  };

  const step = (rows: number): void => {
    const next = store.state.list.active + rows;
    const row = store.state.list.rows.get(next);
    if (row === undefined) return;
    activate(next);
    list.reach(next);
    show([row.id]);
  };

  const limitUndo = (): void => {
    clearTimeout(undoTimer);
    undoTimer = setTimeout(() => {
      set({ forgotten: undefined });
    }, UNDO_MS);
  };

  const offerUndo = (forgotten: Forgotten): void => {
    set({ forgotten: joinForgotten(store.state.forgotten, forgotten) });
    limitUndo();
  };

  const takeOut = (ids: readonly PatternId[]): void => {
    store.update((state) => ({ ...state, list: withoutRows(state.list, ids) }));
  };

  const forget = async (target: PatternTarget, name: string): Promise<void> => {
    const ids = await requests.patterns.forget(target);
    if (ids.length > 0) {
      takeOut(ids);
      const count = 'pack' in target ? ids.length : 1;
      offerUndo({ ids, count, name, atMs: Date.now() });
    }
    refresh();
  };

  const restore = async (forgotten: Forgotten): Promise<void> => {
    try {
      await requests.patterns.restore({ ids: forgotten.ids });
    } catch (failure) {
      // It can be tried again, with what was forgotten since.
      offerUndo(forgotten);
      throw failure;
    }
    refresh();
  };

  const rate = async (id: PatternId, thumb: Thumb): Promise<void> => {
    const own = ownRating(store.state, id);
    const row = await requests.patterns.rate({ id, rating: rateByThumb(own, thumb) });
    if (row !== undefined) {
      store.update((state) => withThumbs({ ...state, list: withRow(state.list, row) }, row));
    }
    detail.refresh();
  };

  // What a thumb means depends on the rating before it, which has to be known by then.
  const ratings = createInTurn<PatternId>((rating) => {
    set({ rating });
  });

  // What was forgotten before the page was hidden is shown anew.
  if (store.state.forgotten !== undefined) limitUndo();

  return {
    list,
    focus,
    activate,
    act,
    back,
    step,
    lookFor: (filters) => {
      show([]);
      if (filters !== undefined) list.look(freshLook(store.state.list.look, filters));
      focus.search();
    },
    open: (id) => {
      show([...store.state.trail.filter((opened) => opened !== id), id]);
    },
    rate: (id, thumb) => void attempt(() => ratings.do(id, () => rate(id, thumb))),
    forget: ({ id, name }) => {
      void attempt(() => forget({ id }, name));
      if (store.state.trail.at(-1) === id) back();
    },
    undo: () => {
      const { forgotten } = store.state;
      if (forgotten === undefined) return;
      clearTimeout(undoTimer);
      set({ forgotten: undefined });
      void attempt(() => restore(forgotten));
    },
    holdUndo: (held) => {
      if (store.state.forgotten === undefined) return;
      if (held) clearTimeout(undoTimer);
      else limitUndo();
    },
    edit: (editing) => {
      const shown = store.state.detail;
      if (shown.phase !== 'shown') return;
      const field = editing ?? shown.editing;
      set({ detail: { ...shown, editing } });
      if (editing === undefined) focus.back(`edit-${field ?? ''}`);
      else focus.element('editor');
    },
    save: (change) => {
      const id = store.state.trail.at(-1);
      if (id === undefined) return;
      void attempt(async () => {
        const view = await requests.patterns.edit({ id, ...change });
        if (store.state.trail.at(-1) !== id) return;
        set({
          detail:
            view === undefined ? { phase: 'gone' } : { phase: 'shown', view, editing: undefined },
        });
        focus.back('description' in change ? 'edit-description' : 'edit-tags');
        list.refreshSoon();
      });
    },
    accept: (target) =>
      void attempt(async () => {
        takeOut(await requests.patterns.accept(target));
        refresh();
      }),
    discardPack: (pack) => void attempt(() => forget({ pack }, pack)),
    toggleFilters: () => {
      set({ filtersOpen: !store.state.filtersOpen });
    },
    dismissFailure: () => {
      set({ failure: undefined });
    },
    retry,
    receive: (message) => {
      switch (message.type) {
        case 'progress':
        case 'result':
        case 'failure':
        case 'stopped':
          requests.take(message);
          break;
        case 'status':
          receiveStatus(message.status);
          break;
        case 'changed':
          refresh();
          break;
        case 'show':
          show([message.id]);
          break;
        case 'search':
          if (store.state.trail.length > 0) show([]);
          if (message.text !== undefined) {
            list.look({ ...freshLook(store.state.list.look), text: message.text });
          }
          focus.search();
          break;
        case 'list':
          show([]);
          list.look(lookAt(message, store.state.list.look));
          break;
      }
    },
  };

  function receiveStatus(status: NonNullable<BrowserState['status']>): void {
    const before = store.state.status?.engine.state;
    set({ status });
    // Whatever failed while the engine was away is worth another try.
    if (before === 'failed' && status.engine.state !== 'failed') retry();
  }
}

/** What waits in quarantine is of no project, and leaves alone which ones are listed. */
function lookAt(
  { state, filters }: Extract<ToBrowser, { readonly type: 'list' }>,
  look: Look,
): Look {
  const scope = state === 'live' ? 'workspace' : look.scope;
  return { ...freshLook(look, filters), state, scope };
}

function ownRating({ list, detail }: BrowserState, id: PatternId): Rating | null {
  if (detail.phase === 'shown' && detail.view.detail.pattern.id === id) {
    return detail.view.detail.row.thumbs.own;
  }
  for (const row of list.rows.values()) if (row.id === id) return row.thumbs.own;
  return null;
}

/** The open page shows the thumbs of the answer; the rest of it is asked for again. */
function withThumbs(state: BrowserState, row: PatternRow): BrowserState {
  const { detail } = state;
  if (detail.phase !== 'shown' || detail.view.detail.pattern.id !== row.id) return state;
  const view = { ...detail.view, detail: { ...detail.view.detail, row } };
  return { ...state, detail: { ...detail, view } };
}
