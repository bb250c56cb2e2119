import assert from 'node:assert/strict';
import type { FromBrowser, ToBrowser } from '../../../src/protocol/browser.ts';
import { RequestFailure, createRequests } from '../../../webview-ui/requests.ts';

describe('the requests of the browser', () => {
  const ask = (): {
    readonly requests: ReturnType<typeof createRequests>;
    readonly sent: FromBrowser[];
  } => {
    const sent: FromBrowser[] = [];
    return { sent, requests: createRequests((message) => sent.push(message)) };
  };

  it('get the answer of their number, in whatever order answers come', async () => {
    const { requests, sent } = ask();
    const first = requests.ask('forget', { id: 'a' });
    const second = requests.ask('forget', { id: 'b' });
    assert.deepEqual(
      sent.map((message) => (message.type === 'request' ? message.request : undefined)),
      [1, 2],
    );
    requests.settle({ type: 'answer', request: 2, value: ['b'] });
    requests.settle({ type: 'answer', request: 1, value: ['a'] });
    assert.deepEqual(await Promise.all([first, second]), [['a'], ['b']]);
  });

  it('fail with what a person can read', async () => {
    const { requests } = ask();
    const answer = requests.ask('forget', { id: 'a' });
    const failure = { code: 'disk-full', message: 'the disk is full', hint: 'Make room.' };
    requests.settle({ type: 'failure', request: 1, failure });
    await assert.rejects(
      answer,
      (error) => error instanceof RequestFailure && error.failure === failure,
    );
  });

  it('are called off when nobody waits any more, once, and a late answer is dropped', async () => {
    const { requests, sent } = ask();
    const stop = new AbortController();
    const answer = requests.ask('detail', { id: 'a' }, stop.signal);
    stop.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    const late: ToBrowser = { type: 'answer', request: 1, value: undefined };
    assert.ok(requests.settle(late));
    stop.abort();
    assert.deepEqual(sent.slice(1), [{ type: 'cancel', request: 1 }]);
  });

  it('leave alone what is no answer', () => {
    assert.equal(ask().requests.settle({ type: 'changed' }), false);
  });
});
