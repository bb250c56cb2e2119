import type { PatternId, Rating } from '../src/core/model/pattern.ts';
import { rateByThumb, type PatternRow, type Thumb } from '../src/core/model/patternRow.ts';
import type { PatternFilter } from '../src/core/model/filter.ts';
import type { BrowserAction, PatternTarget, ToBrowser } from '../src/protocol/browser.ts';
import type { BrowserState, EditableField, Named } from './browserState.ts';
import { createDetailLoading } from './detail/loading.ts';
import { createListLoading } from './list/loading.ts';
import type { ListLoading } from './list/loading.ts';
import type { Focus } from './focus.ts';
import { createInTurn } from './inTurn.ts';
import { freshLook, layoutOf, placeOf, withRow, withoutRows } from './list/listState.ts';
import type { Look } from './list/listState.ts';
import { RequestFailure } from './requests.ts';
import type { Requests } from './requests.ts';
import type { Store } from './store.ts';
import { createUndoing } from './undo/undoing.ts';

/** What a person can do in the browser. Everything ends up in the store. */
export interface Browser {
  readonly list: ListLoading;
  readonly focus: Focus;
  /** The row that has the focus when the list has it. */
  activate(index: number): void;
  act(action: BrowserAction): void;
  /** Shows the code of a pattern, or what it changed, in an editor; the focus stays in the list. */
  preview(id: PatternId): void;
  /** Chooses a row: it is previewed, and its details are shown where details are. */
  choose(id: PatternId): void;
  /** Opens the details of a pattern below the list, and moves the focus there. */
  details(id: PatternId): void;
  /** From details to those they were opened from; from the first ones back to the list. */
  back(): void;
  closeDetails(): void;
  /** Lists what a filter leaves, or what was listed, with the cursor in the search box. */
  lookFor(filters: PatternFilter | undefined): void;
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
  const undoing = createUndoing(store, requests);

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

  const follow = (trail: readonly PatternId[], detailsOpen = store.state.detailsOpen): void => {
    const isShown =
      trail.at(-1) === store.state.trail.at(-1) && detailsOpen === store.state.detailsOpen;
    set({ trail, detailsOpen, ...(!isShown && { detail: { phase: 'loading' } }) });
    detail.refresh();
    // The details may cover the row they are of.
    const { list: listed } = store.state;
    const at = placeOf(listed, trail[0] ?? '');
    if (detailsOpen && at !== undefined) focus.reveal(at, layoutOf(listed));
  };

  const preview = (id: PatternId): void => {
    act({ action: 'open', id, keepsFocus: true });
  };

  const details = (id: PatternId): void => {
    const { trail } = store.state;
    follow(trail.includes(id) ? trail.slice(0, trail.indexOf(id) + 1) : [...trail, id], true);
    focus.heading();
  };

  const activate = (active: number): void => {
    store.update((state) => ({ ...state, list: { ...state.list, active } }));
  };

  const closeDetails = (): void => {
    set({ trail: store.state.trail.slice(0, 1), detailsOpen: false });
    focus.row(store.state.list.active, layoutOf(store.state.list));
  };

  const back = (): void => {
    if (store.state.trail.length < 2) {
      closeDetails();
      return;
    }
    follow(store.state.trail.slice(0, -1));
    focus.heading();
  };

  const takeOut = (ids: readonly PatternId[]): void => {
    store.update((state) => ({ ...state, list: withoutRows(state.list, ids) }));
  };

  const forget = async (target: PatternTarget, name: string): Promise<void> => {
    const ids = await requests.patterns.forget(target);
    if (ids.length > 0) {
      takeOut(ids);
      const count = 'pack' in target ? ids.length : 1;
      undoing.offer({ forgotten: ids, ratedDown: [], count, name, atMs: Date.now() });
    }
    refresh();
  };

  const rate = async (id: PatternId, thumb: Thumb): Promise<void> => {
    const before = ownRating(store.state, id);
    const rating = rateByThumb(before, thumb);
    const row = await requests.patterns.rate({ id, rating });
    if (row !== undefined) {
      store.update((state) => withThumbs({ ...state, list: withRow(state.list, row) }, row));
      const isListed = placeOf(store.state.list, id) !== undefined;
      if (rating !== 1) undoing.forgetRating(id);
      // What was out of sight comes back.
      if (before === 1 && !isListed) list.refreshSoon();
      if (rating === 1 && isListed && !listsThumbedDown(store.state.list.look.filters)) {
        takeOut([id]);
        const ratedDown = [{ id, before }];
        undoing.offer({ forgotten: [], ratedDown, count: 1, name: row.name, atMs: Date.now() });
      }
    }
    detail.refresh();
  };

  // What a thumb means depends on the rating before it, which has to be known by then.
  const ratings = createInTurn<PatternId>((rating) => {
    set({ rating });
  });

  return {
    list,
    focus,
    activate,
    act,
    preview,
    details,
    back,
    closeDetails,
    choose: (id) => {
      follow([id]);
      preview(id);
    },
    lookFor: (filters) => {
      if (filters !== undefined) list.look(freshLook(store.state.list.look, filters));
      focus.search();
    },
    rate: (id, thumb) => void attempt(() => ratings.do(id, () => rate(id, thumb))),
    forget: ({ id, name }) => {
      void attempt(() => forget({ id }, name));
      const { trail } = store.state;
      if (trail.at(-1) === id) follow(trail.slice(0, -1));
    },
    undo: () =>
      void attempt(async () => {
        await undoing.take();
        refresh();
      }),
    holdUndo: (held) => {
      undoing.hold(held);
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
      // Closed, they were not counted.
      if (store.state.filtersOpen) list.refresh();
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
          follow([message.id], true);
          preview(message.id);
          focus.heading();
          break;
        case 'search':
          if (message.text !== undefined) {
            list.look({ ...freshLook(store.state.list.look), text: message.text });
          }
          focus.search();
          break;
        case 'list':
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

/** Who asks for what they rated down has it in sight. */
function listsThumbedDown({ rated }: PatternFilter): boolean {
  return rated?.any?.includes('down') === true;
}

function ownRating({ list, detail, undoable }: BrowserState, id: PatternId): Rating | null {
  // It is in sight nowhere any more.
  if (undoable?.ratedDown.some((one) => one.id === id) === true) return 1;
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
