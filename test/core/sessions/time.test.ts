import assert from 'node:assert/strict';
import type { Step } from '../../../src/core/model/sessions/session.ts';
import { measureTime } from '../../../src/core/sessions/metrics/time.ts';

const MINUTE = 60_000;

function measure(...told: readonly (readonly [minute: number, source: Step['source']])[]) {
  const steps = told.map(([minute, source]): Step => ({
    ...{ at: minute * MINUTE, source, text: '', model: undefined, subagent: undefined },
    ...{ toolCalls: [], response: undefined },
  }));
  const times = steps.flatMap(({ at }) => at ?? []).sort((a, b) => a - b);
  const { time, exactness } = measureTime({ steps, times }, 0);
  const minutes = (ms: number | null): number | null => (ms === null ? null : ms / MINUTE);
  return {
    ...{ wall: minutes(time.wallMs), active: minutes(time.activeMs) },
    ...{ waiting: minutes(time.waitingMs), exactness },
  };
}

describe('the time of a session', () => {
  it('is either work or waiting for the person, never both', () => {
    assert.deepEqual(measure([0, 'user'], [2, 'agent'], [6, 'user'], [9, 'agent']), {
      ...{ wall: 9, active: 5, waiting: 4, exactness: 'exact' },
    });
  });

  it('is an estimate where a pause of the agent counts only in part', () => {
    assert.deepEqual(measure([0, 'user'], [20, 'agent'], [50, 'user'], [51, 'agent']), {
      ...{ wall: 51, active: 6, waiting: 30, exactness: 'estimate' },
    });
  });

  it('adds up to no more than passed, in whatever order the rows are', () => {
    const { wall, active, waiting } = measure(
      ...[[0, 'user'] as const, [9, 'agent'] as const, [3, 'agent'] as const],
      ...[[10, 'user'] as const, [4, 'user'] as const, [12, 'agent'] as const],
    );
    assert.equal(wall, 12);
    assert.ok((active ?? 0) + (waiting ?? 0) <= 12);
  });
});
