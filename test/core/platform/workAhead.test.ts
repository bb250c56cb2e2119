import assert from 'node:assert/strict';
import { workAhead } from '../../../src/core/platform/workAhead.ts';

const FILES = ['a', 'b', 'c', 'd', 'e'];

describe('working ahead', () => {
  let asked: string[] = [];
  /** Answers what was asked for, by path. */
  let answers: Map<string, (result: string) => void>;

  beforeEach(() => {
    asked = [];
    answers = new Map();
  });

  function start(
    atOnce: number,
    isStopped = () => false,
  ): AsyncGenerator<readonly [string, unknown], undefined> {
    return workAhead(FILES, {
      atOnce,
      run: (path) => {
        asked.push(path);
        return new Promise<string>((resolve) => answers.set(path, resolve));
      },
      isStopped: () => Promise.resolve(isStopped()),
    });
  }

  function answer(path: string): void {
    answers.get(path)?.(path);
  }

  it('gives items in their order, whichever is done first', async () => {
    const reading = start(3);
    const first = reading.next();
    await Promise.resolve();
    await Promise.resolve();
    assert.deepEqual(asked, ['a', 'b', 'c']);
    for (const path of ['c', 'b', 'a']) answer(path);
    assert.equal((await first).value?.[0], 'a');
    assert.equal((await reading.next()).value?.[0], 'b');
    assert.deepEqual(asked, ['a', 'b', 'c', 'd']);
  });

  it('asks for one after the other where one keeps busy who does it', async () => {
    const reading = start(1);
    for (const [index, path] of FILES.entries()) {
      const next = reading.next();
      await Promise.resolve();
      await Promise.resolve();
      assert.deepEqual(asked, FILES.slice(0, index + 1));
      answer(path);
      assert.equal((await next).value?.[0], path);
    }
    assert.equal((await reading.next()).done, true);
  });

  it('asks for nothing more once it is stopped', async () => {
    let stopped = false;
    const reading = start(2, () => stopped);
    const first = reading.next();
    await Promise.resolve();
    await Promise.resolve();
    answer('a');
    await first;
    stopped = true;
    assert.equal((await reading.next()).done, true);
    assert.deepEqual(asked, ['a', 'b']);
  });
});
