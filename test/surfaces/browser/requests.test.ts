import assert from 'node:assert/strict';
import type { FromBrowser } from '../../../src/protocol/browser.ts';
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
    const first = requests.patterns.forget({ id: 'a' });
    const second = requests.patterns.forget({ id: 'b' });
    assert.deepEqual(
      sent.map((message) => (message.type === 'call' ? message.call : undefined)),
      [1, 2],
    );
    requests.take({ type: 'result', call: 2, value: ['b'] });
    requests.take({ type: 'result', call: 1, value: ['a'] });
    assert.deepEqual(await Promise.all([first, second]), [['a'], ['b']]);
  });

  it('fail with what a person can read', async () => {
    const { requests } = ask();
    const answer = requests.patterns.forget({ id: 'a' });
    const failure = { code: 'disk-full', message: 'the disk is full', hint: 'Make room.' };
    requests.take({ type: 'failure', call: 1, failure });
    await assert.rejects(
      answer,
      (error) => error instanceof RequestFailure && error.failure === failure,
    );
  });

  it('are called off when nobody waits any more, once, and a late answer is dropped', async () => {
    const { requests, sent } = ask();
    const stop = new AbortController();
    const answer = requests.patterns.detail({ id: 'a' }, { signal: stop.signal });
    stop.abort();
    await assert.rejects(answer, { name: 'AbortError' });
    const late = { type: 'result', call: 1, value: undefined } as const;
    requests.take(late);
    stop.abort();
    assert.deepEqual(sent.slice(1), [{ type: 'abort', call: 1 }]);
  });
});
