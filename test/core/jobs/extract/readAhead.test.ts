import assert from 'node:assert/strict';
import type {
  FileReader,
  FileReading,
} from '../../../../src/core/jobs/extract/reading/fileReader.ts';
import { readAhead } from '../../../../src/core/jobs/extract/reading/readAhead.ts';

const FILES = ['a', 'b', 'c', 'd', 'e'];

describe('reading ahead', () => {
  let asked: string[] = [];
  /** Answers what was asked for, by path. */
  let answers: Map<string, (reading: FileReading) => void>;

  beforeEach(() => {
    asked = [];
    answers = new Map();
  });

  function reader(atOnce: number): FileReader {
    return {
      atOnce,
      read: ({ path }) => {
        asked.push(path);
        return new Promise((resolve) => answers.set(path, resolve));
      },
      close: () => Promise.resolve(),
    };
  }

  function start(
    atOnce: number,
    isStopped = () => false,
  ): AsyncGenerator<readonly [string, unknown], undefined> {
    return readAhead(FILES, {
      reader: reader(atOnce),
      requestFor: (path) => ({ path, isNew: true, knownHash: undefined }),
      isStopped: () => Promise.resolve(isStopped()),
    });
  }

  function answer(path: string): void {
    answers.get(path)?.({ skipped: path, timings: {} });
  }

  it('gives files in their order, whichever is read first', async () => {
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

  it('asks for one after the other where one keeps the reader busy', async () => {
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
