import assert from 'node:assert/strict';

import { createCalibration } from '../../../src/core/suggestions/calibration.ts';

describe('the calibration of chances', () => {
  it('is the word of the model while nothing is known', () => {
    const chance = createCalibration([]);
    assert.deepEqual([0, 0.25, 0.5, 0.99].map(chance), [0, 0.25, 0.5, 0.99]);
  });

  it('comes to what was seen, whatever the model said', () => {
    const chance = createCalibration([{ estimate: 0.65, shown: 200, kept: 60 }]);
    assert.ok(Math.abs(chance(0.65) - 0.3) < 0.02);
  });

  it('moves a little with the first outcomes', () => {
    const chance = createCalibration([{ estimate: 0.65, shown: 1, kept: 0 }]);
    assert.ok(chance(0.65) < 0.65 && chance(0.65) > 0.5);
  });

  it('tells of likelier ones beside those that were seen, and hardly of those far away', () => {
    const chance = createCalibration([{ estimate: 0.65, shown: 40, kept: 0 }]);
    assert.ok(chance(0.75) < 0.5);
    assert.ok(chance(0.05) <= 0.05);
    assert.equal(chance(0.999) > 0.4, true);
  });

  it('stays between 0 and 1', () => {
    const good = createCalibration([{ estimate: 0.9, shown: 500, kept: 500 }]);
    const bad = createCalibration([{ estimate: 0.1, shown: 500, kept: 0 }]);
    assert.equal(good(1), 1);
    assert.equal(bad(0), 0);
  });
});
