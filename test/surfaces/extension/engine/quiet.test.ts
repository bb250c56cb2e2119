import assert from 'node:assert/strict';
import { openQuiet } from '../../../../src/extension/jobs/quiet.ts';
import { createManualClock } from '../../../support/manualClock.ts';

describe('telling typing from quiet', () => {
  it('is busy from the first touch until nothing has happened for the time given', () => {
    const clock = createManualClock();
    const told: boolean[] = [];
    const quiet = openQuiet({ quietMs: 2000, clock, onChange: (busy) => told.push(busy) });
    quiet.touch();
    clock.pass(1500);
    quiet.touch();
    clock.pass(1999);
    assert.deepEqual(told, [true]);
    clock.pass(1);
    assert.deepEqual(told, [true, false]);
    quiet.touch();
    assert.deepEqual(told, [true, false, true]);
  });

  it('says nothing once it is closed', () => {
    const clock = createManualClock();
    const told: boolean[] = [];
    const quiet = openQuiet({ quietMs: 2000, clock, onChange: (busy) => told.push(busy) });
    quiet.touch();
    quiet.close();
    clock.pass(10_000);
    assert.deepEqual(told, [true]);
  });
});
