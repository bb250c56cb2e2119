import assert from 'node:assert/strict';

import type { RatingRecord } from '../../../../src/core/model/patternRow.ts';
import { personName } from '../../../../src/core/sources/person.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { RETRY } from '../../../support/engine/snippets.ts';

describe('the history of ratings of a pattern', () => {
  let bench: Bench;
  let id: string;
  beforeEach(async () => {
    bench = await openBench();
    ({ id } = await bench.engine.curate.add({
      code: RETRY,
      language: 'javascript',
      name: 'again',
    }));
  });
  afterEach(() => bench.close());

  const past = async (): Promise<readonly RatingRecord[]> =>
    (await bench.engine.patterns.detail(id))?.ratings ?? [];

  it('tells what was changed and taken back, by whom and in which session and task', async () => {
    await bench.engine.curate.rate(id, 5, {});
    await bench.engine.curate.rate(id, 2, { session: 's', task: 't' });
    await bench.engine.curate.rate(id, 1, {});
    await bench.engine.curate.rate(id, undefined, {});
    const told = (await past()).map(({ date, ...record }) => {
      assert.ok(Math.abs(Date.parse(date) - Date.now()) < 3_600_000);
      return record;
    });
    const own = { by: personName({}), session: null, task: null };
    assert.deepEqual(told, [
      { ...own, rating: 1, standing: 'withdrawal' },
      { ...own, rating: 1, standing: 'takenBack' },
      { ...own, rating: 2, standing: 'inForce', session: 's', task: 't' },
      { ...own, rating: 5, standing: 'replaced' },
    ]);
  });

  it('is the same after compaction, in another process and in a view that is made anew', async () => {
    for (const rating of [5, 1, undefined, 4] as const) {
      await bench.engine.curate.rate(id, rating, {});
    }
    const told = await past();
    assert.equal(told.length, 4);
    await bench.engine.library.compact();
    assert.deepEqual(await past(), told);
    await bench.reopen();
    assert.deepEqual(await past(), told);
    await bench.engine.library.doctor('rebuild');
    assert.deepEqual(await past(), told);
  });

  it('is not told of a pattern that was forgotten for good, and is when it is back', async () => {
    for (const rating of [5, 1] as const) await bench.engine.curate.rate(id, rating, {});
    const told = await past();
    await bench.engine.curate.forget({ pattern: id }, true);
    assert.equal(await bench.engine.patterns.detail(id), undefined);
    await bench.engine.curate.restore({ pattern: id });
    await bench.engine.curate.add({ code: RETRY, language: 'javascript', name: 'again' });
    assert.deepEqual(await past(), told);
  });
});
