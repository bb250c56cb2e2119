import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { BrowserStatus } from '../../../src/protocol/browser.ts';
import { drawDetails } from '../../../webview-ui/detail/detailView.ts';
import { handlersOf } from './drawnText.ts';
import { openedBrowser } from './openedBrowser.ts';

const ID = '0123456789abcdef';
const FAILURE = { code: 'engine-stopped', message: 'The engine stopped', hint: 'Try again.' };

function statusOf(engine: BrowserStatus['engine']): BrowserStatus {
  return { trusted: true, hasFolder: true, engine, work: { state: 'idle' } };
}

describe('a browser whose engine was away', () => {
  it('asks again for the list and for the details that are open', async () => {
    const { browser, sent, store } = openedBrowser({ trail: [ID], detailsOpen: true });
    const asked = (): readonly string[] =>
      sent.flatMap((message) => (message.type === 'call' ? [message.method] : []));
    const tell = (engine: BrowserStatus['engine']): void => {
      browser.receive({ type: 'status', status: statusOf(engine) });
    };
    browser.retry();
    tell({ state: 'failed', failure: FAILURE });
    for (const call of [1, 2]) browser.receive({ type: 'failure', call, failure: FAILURE });
    await setImmediate();
    assert.deepEqual([store.state.detail.phase, store.state.list.failure], ['failed', FAILURE]);
    tell({ state: 'failed', failure: FAILURE });
    assert.deepEqual(asked(), ['list', 'detail']);
    tell({ state: 'starting' });
    tell({ state: 'ready' });
    assert.deepEqual(asked(), ['list', 'detail', 'list', 'detail']);
  });

  it('is told to start the engine, not asked again, as long as that is down', () => {
    const engine = { state: 'failed', failure: FAILURE } as const;
    const detail = { phase: 'failed', failure: FAILURE } as const;
    const opened = openedBrowser({
      ...{ trail: [ID], detailsOpen: true, detail },
      status: statusOf(engine),
    });
    const [tryAgain] = handlersOf(drawDetails(opened.view()), 'click').slice(-2);
    assert.ok(tryAgain);
    tryAgain(undefined);
    assert.deepEqual(opened.sent, [{ type: 'action', action: 'resume' }]);
  });
});
