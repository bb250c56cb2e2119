import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const AGAIN = `def wait_and_try_again(call, tries):
    pause = 1
    for _ in range(tries):
        try:
            return call()
        except IOError:
            sleep(pause)
            pause *= 2
`;
const SORT = `def in_order(rows):
    for at in range(1, len(rows)):
        while at > 0 and rows[at - 1] > rows[at]:
            rows[at - 1], rows[at] = rows[at], rows[at - 1]
            at -= 1
    return rows
`;
/** Shares no word with the function it means. */
const QUESTION = 'repeat a failing request with growing delay';

describe('patterns kept, imported and accepted by hand', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench();
  });

  afterEach(() => bench.close());

  const vectors = async (): Promise<number> => (await bench.engine.library.stats()).vectors;

  /** Resolves when the library, told of changes, holds that many vectors. */
  const untilVectors = (count: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const watching = bench.engine.watch(() => {
        vectors().then((held) => {
          if (held !== count) return;
          watching.close();
          resolve();
        }, reject);
      });
    });

  const namesFound = async (): Promise<string[]> => {
    const { rows } = await bench.engine.find.patterns({ text: QUESTION, minRelevance: 0 });
    return rows.map(({ name }) => name);
  };

  it('get their vectors without anybody asking, and those who look are told', async () => {
    const embedded = untilVectors(2);
    await bench.engine.curate.add({ code: AGAIN, language: 'python' });
    await bench.engine.curate.add({ code: SORT, language: 'python' });
    await embedded;
    assert.deepEqual((await namesFound())[0], 'wait_and_try_again');
  });

  it('stay by themselves, however like another one they are', async () => {
    await bench.engine.curate.add({ code: SORT, language: 'python' });
    await bench.engine.curate.add({
      code: SORT.replace('return rows', 'log(rows)\n    return rows'),
      language: 'python',
    });
    assert.deepEqual(await bench.engine.jobs.embed({}), { embedded: 2, variants: 0, notes: [] });
    assert.equal((await bench.engine.library.stats()).variants, 0);
  });

  it('wait for theirs while they are in quarantine', async () => {
    await bench.engine.curate.add({ code: AGAIN, language: 'python' });
    const { text } = await bench.engine.jobs.export({ format: 'pack' }, undefined);
    await bench.reopen();
    const other = await openBench();
    try {
      await other.engine.jobs.import({ text }, 'team');
      assert.equal((await other.engine.jobs.embed({})).embedded, 0);
      await other.engine.curate.accept({ pack: 'team' });
      assert.equal((await other.engine.jobs.embed({})).embedded, 1);
    } finally {
      await other.close();
    }
  });

  it('get theirs anew when their description says something else', async () => {
    const { id } = await bench.engine.curate.add({ code: SORT, language: 'python' });
    await bench.engine.jobs.embed({});
    await bench.engine.curate.edit(id, { description: QUESTION });
    assert.equal((await bench.engine.jobs.embed({})).embedded, 1);
  });
});
