import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { FromBrowser } from '../../../src/protocol/browser.ts';
import { createBrowser, type Browser } from '../../../webview-ui/browser.ts';
import type { BrowserState, Forgotten } from '../../../webview-ui/browserState.ts';
import type { Focus } from '../../../webview-ui/focus.ts';
import { createListState, FIRST_LOOK } from '../../../webview-ui/list/listState.ts';
import { createRequests } from '../../../webview-ui/requests.ts';
import { createStore, type Store } from '../../../webview-ui/store.ts';

const FAILURE = { code: 'disk-full', message: 'There is no room', hint: 'Make room.' };

/** There is no page whose focus could be moved. */
const NO_FOCUS: Focus = {
  row: () => undefined,
  search: () => undefined,
  heading: () => undefined,
  element: () => undefined,
  back: () => undefined,
};

describe('undoing in the browser', () => {
  let store: Store<BrowserState>;
  let browser: Browser;
  let sent: FromBrowser[];
  const gone: Forgotten = { ids: ['a', 'b'], name: 'team', atMs: 1 };

  beforeEach(() => {
    sent = [];
    store = createStore<BrowserState>(
      {
        status: undefined,
        list: createListState(FIRST_LOOK, 0),
        filtersOpen: false,
        trail: [],
        detail: { phase: 'loading' },
        rating: new Set(),
        forgotten: gone,
        failure: undefined,
      },
      () => undefined,
    );
    const requests = createRequests((message) => sent.push(message));
    browser = createBrowser({ store, requests, act: () => undefined, focus: NO_FOCUS });
  });
  afterEach(() => {
    browser.holdUndo(true);
  });

  async function answer(method: 'restore' | 'forget', failure?: typeof FAILURE): Promise<void> {
    const asked = sent.findLast((message) => message.type === 'request');
    assert.equal(asked?.method, method);
    const { request } = asked;
    browser.receive(
      failure === undefined
        ? { type: 'answer', request, value: ['c'] }
        : { type: 'failure', request, failure },
    );
    await setImmediate();
  }

  it('asks once for all that was forgotten, and is over', async () => {
    browser.undo();
    browser.undo();
    const asked = sent.map((message) => message.type === 'request' && message.parameters);
    assert.deepEqual(asked, [{ ids: gone.ids }]);
    await answer('restore');
    assert.equal(store.state.forgotten, undefined);
  });

  it('is offered again when it failed', async () => {
    browser.undo();
    await answer('restore', FAILURE);
    assert.deepEqual([store.state.forgotten, store.state.failure], [gone, FAILURE]);
  });

  it('that failed does not hide what was forgotten since', async () => {
    browser.undo();
    const undone = sent.slice();
    browser.forget({ id: 'c', name: 'third', kind: 'function' });
    await answer('forget');
    sent = undone;
    await answer('restore', FAILURE);
    assert.equal(store.state.forgotten?.name, 'third');
  });
});
