import assert from 'node:assert/strict';
import type { FindPage } from '../../../../src/core/model/api/find.ts';
import { openBench } from '../../../support/engine/engine.ts';

describe('impressions', () => {
  it('are counted once per look, whoever asks, over several runs of a program', async () => {
    const bench = await openBench();
    try {
      bench.write(
        'clamp.py',
        'def clamp_range(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n',
      );
      await bench.extract();
      assert.equal((await bench.engine.library.stats()).impressions, 0);
      const find = (text: string, atOnce = false): Promise<FindPage> =>
        bench.engine.find.patterns({ text, atOnce });
      await find('clamp');
      await find('clamp ra', true);
      await find('clamp range', true);
      await find('clamp range');
      await bench.reopen();
      assert.equal((await bench.engine.library.stats()).impressions, 1);
      await find('clamp range');
      await find('nothing of that kind whatsoever');
      await find('clamp range');
      await find('');
      await bench.reopen();
      assert.equal((await bench.engine.library.stats()).impressions, 4);
    } finally {
      await bench.close();
    }
  });
});
