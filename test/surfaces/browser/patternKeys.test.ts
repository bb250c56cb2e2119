import assert from 'node:assert/strict';
import type { PatternState } from '../../../src/core/model/pattern.ts';
import { createBrowser } from '../../../webview-ui/browser.ts';
import type { BrowserState } from '../../../webview-ui/browserState.ts';
import { createFocus } from '../../../webview-ui/focus.ts';
import { createListState, FIRST_LOOK } from '../../../webview-ui/list/listState.ts';
import { pressPatternKey } from '../../../webview-ui/patternKeys.ts';
import { createRequests } from '../../../webview-ui/requests.ts';
import { createStore } from '../../../webview-ui/store.ts';

const STATE: BrowserState = {
  status: undefined,
  list: createListState(FIRST_LOOK, 0),
  filtersOpen: false,
  trail: [],
  detail: { phase: 'loading' },
  rating: new Set(),
  forgotten: undefined,
  failure: undefined,
};

/** What the extension is asked for when keys are pressed on a fix, one after another. */
function askedBy(keys: string, state: PatternState): readonly string[] {
  const asked: string[] = [];
  const browser = createBrowser({
    store: createStore(STATE, () => undefined),
    requests: createRequests((message) => {
      asked.push(message.type === 'request' ? message.method : message.type);
    }),
    act: ({ action }) => {
      asked.push(action);
    },
    focus: createFocus(),
  });
  const fix = { id: '0123456789abcdef', name: 'fix', kind: 'fix', state } as const;
  for (const key of keys) assert.equal(pressPatternKey(browser, fix, key), key !== 'x');
  return asked;
}

describe('keys of a pattern', () => {
  it('use it, look at it and rate it, and no other does', () => {
    assert.deepEqual(askedBy('iscoedaIx+', 'live'), [
      'insert',
      'insert',
      'copy',
      'openSource',
      'openCode',
      'openDiff',
      'addToChat',
      'insert',
      'rate',
    ]);
  });

  it('only look at it while it waits to be accepted', () => {
    assert.deepEqual(askedBy('iscoedaIx+-', 'quarantined'), ['openSource', 'openCode', 'openDiff']);
  });
});
