import type { FromBrowser } from '../../../src/protocol/browser.ts';
import { createBrowser } from '../../../webview-ui/browser.ts';
import type { Browser } from '../../../webview-ui/browser.ts';
import type { BrowserState } from '../../../webview-ui/browserState.ts';
import type { Focus } from '../../../webview-ui/focus.ts';
import { createListState, FIRST_LOOK } from '../../../webview-ui/list/listState.ts';
import { createRequests } from '../../../webview-ui/requests.ts';
import { createStore } from '../../../webview-ui/store.ts';
import type { Store } from '../../../webview-ui/store.ts';
import { createFormat } from '../../../webview-ui/text/format.ts';
import type { View } from '../../../webview-ui/view.ts';

const FIRST: BrowserState = {
  status: undefined,
  list: createListState(FIRST_LOOK, 0),
  filtersOpen: false,
  trail: [],
  detailsOpen: false,
  detail: { phase: 'loading' },
  rating: new Set(),
  undoable: undefined,
  failure: undefined,
};

/** There is no page whose focus could be moved. */
const NO_FOCUS: Focus = {
  row: () => undefined,
  reveal: () => undefined,
  search: () => undefined,
  typing: () => undefined,
  heading: () => undefined,
  element: () => undefined,
  back: () => undefined,
};

/** The browser without a page, and what it says to an extension that answers nothing by itself. */
export interface OpenedBrowser {
  readonly store: Store<BrowserState>;
  readonly browser: Browser;
  readonly sent: readonly FromBrowser[];
  /** What the page is drawn from now. */
  view(): View;
}

export function openedBrowser(change: Partial<BrowserState> = {}): OpenedBrowser {
  const sent: FromBrowser[] = [];
  const store = createStore<BrowserState>({ ...FIRST, ...change }, () => undefined);
  const browser = createBrowser({
    store,
    requests: createRequests((message) => sent.push(message)),
    act: (action) => sent.push({ type: 'action', ...action }),
    focus: NO_FOCUS,
  });
  const format = createFormat('en', Date.parse('2026-06-15T12:00:00Z'));
  const viewport = { scrollTop: 0, height: 0 };
  return { store, browser, sent, view: () => ({ state: store.state, browser, format, viewport }) };
}
