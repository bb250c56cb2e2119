import assert from 'node:assert/strict';
import { coalesce } from '../../../src/core/platform/coalesce.ts';
import { createManualClock } from '../../support/manualClock.ts';

describe('calls that are made one', () => {
  function started(times: { readonly delayMs: number; readonly pauseMs?: number }) {
    const clock = createManualClock();
    const runsMs: number[] = [];
    const coalesced = coalesce({ ...times, clock }, () => {
      runsMs.push(clock.nowMs());
    });
    return { clock, runsMs, coalesced };
  }

  it('run once, so long after the first of them', () => {
    const { clock, runsMs, coalesced } = started({ delayMs: 20 });
    coalesced.call();
    clock.pass(15);
    coalesced.call();
    clock.pass(100);
    coalesced.call();
    clock.pass(100);
    assert.deepEqual(runsMs, [20, 135]);
  });

  it('run at once without a delay, and then once a pause', () => {
    const { clock, runsMs, coalesced } = started({ delayMs: 0, pauseMs: 100 });
    for (let calls = 0; calls < 25; calls++) {
      coalesced.call();
      clock.pass(10);
    }
    clock.pass(1000);
    assert.deepEqual(runsMs, [0, 100, 200, 300]);
  });

  it('are not delayed again after a pause that they waited for', () => {
    const { clock, runsMs, coalesced } = started({ delayMs: 25, pauseMs: 90 });
    coalesced.call();
    clock.pass(30);
    coalesced.call();
    clock.pass(1000);
    assert.deepEqual(runsMs, [25, 115]);
  });

  it('run when flushed if any waits, and not at all when disposed of', () => {
    const { clock, runsMs, coalesced } = started({ delayMs: 20, pauseMs: 100 });
    coalesced.flush();
    coalesced.call();
    coalesced.flush();
    clock.pass(5);
    coalesced.call();
    coalesced.dispose();
    clock.pass(1000);
    assert.deepEqual(runsMs, [0]);
  });
});
