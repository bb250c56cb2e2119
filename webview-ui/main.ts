import { config } from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { render } from 'lit';
import type { ToBrowser } from '../src/protocol/browser.ts';
import { createBrowser } from './browser.ts';
import type { BrowserState } from './browserState.ts';
import { onDetailKey } from './detail/keys.ts';
import { createFocus, followRow } from './focus.ts';
import { onListKey } from './list/keys.ts';
import { createListState, layoutOf } from './list/listState.ts';
import { showPage } from './page.ts';
import { createRequests } from './requests.ts';
import { parseSavedState } from './savedState.ts';
import type { SavedState } from './savedState.ts';
import { createScrolling } from './scrolling.ts';
import { createStore } from './store.ts';
import './searchField.ts';
import './styles/main.css';
import { createFormat } from './text/format.ts';
import type { View } from './view.ts';
import type {} from './vscodeApi.ts';

/** Scrolling and typing change what is saved many times a second; the last one counts. */
const SAVING_MS = 120;

const app = document.getElementById('app') ?? document.body;
config({ contents: app.dataset['l10n'] ?? '{}' });

const format = createFormat(document.documentElement.lang || 'en', Date.now());

const api = acquireVsCodeApi();
const saved = parseSavedState(api.getState(), Date.now());
const requests = createRequests((message) => {
  api.postMessage(message);
});
const store = createStore<BrowserState>(
  {
    status: undefined,
    list: createListState(saved.look, saved.active),
    filtersOpen: saved.filtersOpen,
    trail: saved.trail,
    detailsOpen: saved.detailsOpen,
    detail: { phase: 'loading' },
    rating: new Set(),
    undoable: saved.undoable,
    failure: undefined,
  },
  () => {
    drawSoon();
    // The page may be gone before it is drawn and saved like the rest.
    if (store.state.undoable !== savedUndoable) save();
  },
);
const browser = createBrowser({
  store,
  requests,
  act: (action) => {
    api.postMessage({ type: 'action', ...action });
  },
  focus: createFocus(),
});
const scrolling = createScrolling(saved, (viewport) => {
  browser.list.show(viewport);
  drawSoon();
});
let savedUndoable = saved.undoable;
let frame: number | undefined;
let saving: ReturnType<typeof setTimeout> | undefined;

window.addEventListener('message', ({ data }: MessageEvent<ToBrowser>) => {
  browser.receive(data);
});
document.addEventListener('keydown', (event) => {
  const { target } = event;
  const isInDetails = target instanceof Element && target.closest('#details') !== null;
  if (isInDetails) onDetailKey(event, toView());
  else onListKey(event, toView());
  // VS Code listens beyond the document: what undoes here is not to undo what was typed as well.
  if (event.defaultPrevented) event.stopPropagation();
});
api.postMessage({ type: 'ready' });
browser.list.show(scrolling.viewport);
browser.retry();
drawSoon();

function drawSoon(): void {
  frame ??= requestAnimationFrame(draw);
}

function draw(): void {
  frame = undefined;
  const { list } = store.state;
  showPage(toView(), (page) => render(page, app));
  scrolling.follow(list.look);
  followRow(list.active, layoutOf(list));
  clearTimeout(saving);
  saving = setTimeout(save, SAVING_MS);
}

function toView(): View {
  const { viewport } = scrolling;
  return { state: store.state, browser, viewport, format: { ...format, nowMs: Date.now() } };
}

function save(): void {
  const { list, filtersOpen, trail, detailsOpen, undoable } = store.state;
  savedUndoable = undoable;
  const state: SavedState = {
    look: list.look,
    active: list.active,
    scrollTop: scrolling.viewport.scrollTop,
    filtersOpen,
    trail,
    detailsOpen,
    undoable,
  };
  api.setState(state);
}
