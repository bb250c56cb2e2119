import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { createListLoading } from '../../../../webview-ui/list/loading.ts';
import { createRequests } from '../../../../webview-ui/requests.ts';
import { openedBrowser } from '../openedBrowser.ts';

describe('what is typed into the search', () => {
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
  });
  afterEach(() => {
    mock.timers.reset();
  });

  /** Types letters so far apart. @returns the texts asked for by then */
  const typed = (text: string, apartMs: number): readonly string[] => {
    const asked: string[] = [];
    const { store } = openedBrowser();
    const requests = createRequests((message) => {
      if (message.type === 'call') asked.push(store.state.list.look.text);
    });
    const loading = createListLoading(store, requests);
    for (let length = 1; length <= text.length; length += 1) {
      loading.look({ text: text.slice(0, length) });
      mock.timers.tick(apartMs);
    }
    mock.timers.tick(1000);
    return asked;
  };

  it('is asked for letter by letter', () => {
    assert.deepEqual(typed('map', 100), ['m', 'ma', 'map']);
  });

  it('is asked for at once, but waits for the last of letters that come in a row', () => {
    assert.deepEqual(typed('parse', 10), ['p', 'parse']);
  });
});
