import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createAdapterWork, type AdapterWork } from '../../src/server/adapters/adapterWork.ts';

const THREAD = fileURLToPath(new URL('../support/team/adapterThread.cjs', import.meta.url));
const DOING = { by: 'ann', at: '2026-01-01T00:00:00Z' };

describe('work of a team server on adapters', () => {
  let work: AdapterWork;
  let gone: AbortController;

  beforeEach(() => {
    work = createAdapterWork(THREAD, 'unused');
    gone = new AbortController();
  });
  afterEach(() => work.close());

  const merge = (name: string, { signal } = gone): Promise<unknown> => {
    const options = { method: 'cat', heads: 'refuse', type: 'F32', force: false } as const;
    return work.merge({ ...options, adapters: ['a'], name }, { doing: DOING, signal });
  };
  const activate = (name: string): Promise<unknown> =>
    work.activate(name, false, { doing: DOING, signal: new AbortController().signal });

  it('goes on with the next when whoever asked is gone, be it under way or waiting', async () => {
    const held = merge('hold');
    const waiting = merge('waits too');
    const next = merge('next', new AbortController());
    gone.abort();
    await assert.rejects(held, { name: 'AbortError' });
    await assert.rejects(waiting, { name: 'AbortError' });
    assert.deepEqual(await next, { version_name: 'next' });
  });

  it('activates while a merge is under way', async () => {
    const held = merge('hold');
    assert.deepEqual(await activate('other'), { version_name: 'other' });
    gone.abort();
    await assert.rejects(held);
  });

  it('refuses more merges than a few, and takes them again when those have ended', async () => {
    const held = Array.from({ length: 8 }, () => merge('hold'));
    await assert.rejects(merge('one more'), { code: 'adapters-busy', retryAfter: 30 });
    gone.abort();
    await Promise.allSettled(held);
    assert.deepEqual(await merge('one more', new AbortController()), { version_name: 'one more' });
  });

  it('ends at once when the server is stopped', async () => {
    const asked = [merge('hold'), merge('waits')];
    const refused = asked.map((one) => assert.rejects(one, { code: 'stopping' }));
    await work.close();
    await Promise.all(refused);
    await assert.rejects(activate('later'), { code: 'stopping' });
  });
});
