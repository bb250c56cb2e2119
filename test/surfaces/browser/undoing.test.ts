import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { PatternId } from '../../../src/core/model/pattern.ts';
import type { Forgotten } from '../../../webview-ui/forgotten.ts';
import { drawForgotten } from '../../../webview-ui/noticesView.ts';
import { drawnText } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';
import type { OpenedBrowser } from './openedBrowser.ts';

const FAILURE = { code: 'disk-full', message: 'There is no room', hint: 'Make room.' };

describe('undoing in the browser', () => {
  const gone: Forgotten = { ids: ['a', 'b'], count: 2, name: 'team', atMs: 1 };
  let opened: OpenedBrowser;

  beforeEach(() => {
    opened = openedBrowser({ forgotten: gone });
  });
  afterEach(() => {
    opened.browser.holdUndo(true);
  });

  async function answer(
    method: 'restore' | 'forget',
    value: readonly PatternId[] | typeof FAILURE,
  ): Promise<void> {
    const asked = opened.sent.findLast(
      (message) => message.type === 'call' && message.method === method,
    );
    assert.ok(asked?.type === 'call');
    const { call } = asked;
    opened.browser.receive(
      'code' in value ? { type: 'failure', call, failure: value } : { type: 'result', call, value },
    );
    await setImmediate();
  }

  async function forget(name: string, ...ids: readonly PatternId[]): Promise<void> {
    opened.browser.forget({ id: ids[0] ?? '', name, kind: 'function' });
    await answer('forget', ids);
  }

  const restored = (): unknown =>
    opened.sent.flatMap((message) =>
      message.type === 'call' && message.method === 'restore'
        ? [(message.parameters[0] as { readonly ids: unknown }).ids]
        : [],
    );

  const offered = (): string => drawnText(drawForgotten(opened.view())).replace(/<.*?>/g, '');

  it('asks once for all that was forgotten, and is over', async () => {
    opened.browser.undo();
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.ids]);
    await answer('restore', gone.ids);
    assert.equal(opened.store.state.forgotten, undefined);
  });

  it('is offered again when it failed', async () => {
    opened.browser.undo();
    await answer('restore', FAILURE);
    const { forgotten, failure } = opened.store.state;
    assert.deepEqual([forgotten, failure], [gone, FAILURE]);
  });

  it('that failed is offered again together with what was forgotten since', async () => {
    opened.browser.undo();
    await forget('third', 'c');
    await answer('restore', FAILURE);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.ids, ['c', 'a', 'b']]);
  });

  it('brings back all that was forgotten one after another, and says how many', async () => {
    opened.browser.undo();
    await answer('restore', gone.ids);
    await forget('first', 'c');
    assert.match(offered(), /Forgot “first”\./);
    await forget('second', 'd');
    await forget('third', 'e');
    assert.match(offered(), /Forgot 3 patterns\./);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.ids, ['c', 'd', 'e']]);
  });

  it('counts a pattern and its variants, which nobody sees in the list, as one', async () => {
    opened.browser.undo();
    await forget('clamp', 'c', 'variant of c', 'another one');
    assert.match(offered(), /Forgot “clamp”\./);
    opened.browser.undo();
    assert.deepEqual(restored(), [gone.ids, ['c', 'variant of c', 'another one']]);
  });

  it('counts what waited of a pack', () => {
    assert.match(offered(), /Forgot 2 patterns of “team”\./);
  });
});
