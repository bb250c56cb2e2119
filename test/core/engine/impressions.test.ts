import assert from 'node:assert/strict';
import { openBench } from '../../support/engine.ts';

describe('impressions', () => {
  it('are counted once per hit shown, over several runs of a program', async () => {
    const bench = await openBench();
    try {
      bench.write(
        'clamp.py',
        'def clamp_range(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n',
      );
      await bench.extract();
      assert.equal((await bench.engine.library.stats()).impressions, 0);
      await bench.engine.find.search({ text: 'clamp range' });
      await bench.engine.find.search({ text: 'clamp range' });
      await bench.reopen();
      assert.equal((await bench.engine.library.stats()).impressions, 2);
      await bench.engine.find.search({ text: 'clamp range' });
      await bench.engine.find.search({ text: 'nothing of that kind whatsoever' });
      await bench.reopen();
      assert.equal((await bench.engine.library.stats()).impressions, 3);
    } finally {
      await bench.close();
    }
  });
});
