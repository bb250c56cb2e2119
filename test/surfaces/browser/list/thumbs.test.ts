import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { Found } from '../../../../src/core/model/api/find.ts';
import { openedBrowser } from '../openedBrowser.ts';
import type { OpenedBrowser } from '../openedBrowser.ts';

const FAILURE = { code: 'disk-full', message: 'There is no room', hint: 'Make room.' };

describe('thumbs in the browser', () => {
  let opened: OpenedBrowser;
  let row: Found;

  beforeEach(() => {
    opened = openedBrowser();
    row = { id: 'a', thumbs: { up: 0, down: 0, own: null } } as Found;
    const { state } = opened.store;
    const rows = new Map([[0, row]]);
    opened.store.update(() => ({ ...state, list: { ...state.list, rows } }));
  });

  const asked = (): readonly { readonly call: number; readonly rating: unknown }[] =>
    opened.sent.flatMap((message) =>
      message.type === 'call' && message.method === 'rate'
        ? [{ call: message.call, rating: (message.parameters[0] as { rating: unknown }).rating }]
        : [],
    );

  async function answer(own: 1 | 5 | null): Promise<void> {
    const call = asked().at(-1)?.call ?? -1;
    const value = { ...row, thumbs: { up: 0, down: 0, own } };
    opened.browser.receive({ type: 'result', call, value });
    await setImmediate();
  }

  it('are not lost when they are pressed faster than they are written', async () => {
    opened.browser.rate('a', 5);
    opened.browser.rate('a', 1);
    opened.browser.rate('a', 1);
    await setImmediate();
    assert.deepEqual(
      asked().map(({ rating }) => rating),
      [5],
      'each waits for the one before',
    );
    await answer(5);
    await answer(1);
    assert.deepEqual([...opened.store.state.rating], ['a']);
    await answer(null);
    assert.deepEqual(
      asked().map(({ rating }) => rating),
      [5, 1, null],
      'the third takes back what the second said',
    );
    assert.deepEqual([...opened.store.state.rating], []);
  });

  it('go on after one that could not be written', async () => {
    opened.browser.rate('a', 5);
    opened.browser.rate('a', 1);
    await setImmediate();
    opened.browser.receive({ type: 'failure', call: asked()[0]?.call ?? -1, failure: FAILURE });
    await setImmediate();
    await answer(1);
    assert.deepEqual(
      asked().map(({ rating }) => rating),
      [5, 1],
    );
    assert.deepEqual([...opened.store.state.rating], []);
  });
});
