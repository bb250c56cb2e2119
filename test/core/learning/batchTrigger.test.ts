import assert from 'node:assert/strict';
import { batchDue, sessionDigest } from '../../../src/core/learning/lessons/batchTrigger.ts';
import type { Experience } from '../../../src/core/model/experience/experience.ts';
import { experienceOf } from '../../support/library/libraryEvents.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = 100 * HOUR_MS;

function experiences(...outcomes: readonly Experience['outcome'][]): readonly Experience[] {
  return outcomes.map((outcome, at) => ({
    ...experienceOf('git:1', `codex ${at}`, []),
    ...{ lessons: [], outcome },
  }));
}

const NONE = { minTrajectories: 1, minHoursSinceLast: null, minSuccessRate: null } as const;

function unmet(...given: Parameters<typeof batchDue>): number {
  const { isDue, unmet: reasons } = batchDue(...given);
  assert.equal(isDue, reasons.length === 0);
  return reasons.length;
}

describe('when all sessions are looked at together', () => {
  const two = experiences('success', 'failure');

  it('depends on the number of new ones', () => {
    assert.equal(unmet(two, undefined, { ...NONE, minTrajectories: 2 }, NOW_MS), 0);
    assert.equal(unmet(two, undefined, { ...NONE, minTrajectories: 3 }, NOW_MS), 1);
    const last = { sessions: [sessionDigest('codex 0')], at: 0 };
    const due = batchDue(two, last, { ...NONE, minTrajectories: 1 }, NOW_MS);
    assert.deepEqual(
      due.fresh.map(({ session }) => session),
      ['codex 1'],
    );
    assert.equal(unmet(two, last, { ...NONE, minTrajectories: 2 }, NOW_MS), 1);
  });

  it('depends on the hours since the last time, where there was one', () => {
    const last = { sessions: [], at: NOW_MS - 2 * HOUR_MS };
    assert.equal(unmet(two, last, { ...NONE, minHoursSinceLast: 2 }, NOW_MS), 0);
    assert.equal(unmet(two, last, { ...NONE, minHoursSinceLast: 2.5 }, NOW_MS), 1);
    assert.equal(unmet(two, undefined, { ...NONE, minHoursSinceLast: 2.5 }, NOW_MS), 0);
  });

  it('depends on the share that succeeded of those whose outcome is known', () => {
    const half = experiences('success', 'failure', 'unknown', 'unknown');
    assert.equal(unmet(half, undefined, { ...NONE, minSuccessRate: 0.5 }, NOW_MS), 0);
    assert.equal(unmet(half, undefined, { ...NONE, minSuccessRate: 0.6 }, NOW_MS), 1);
    const nobodySays = experiences('unknown');
    assert.equal(unmet(nobodySays, undefined, { ...NONE, minSuccessRate: 0.1 }, NOW_MS), 1);
  });

  it('depends on all of them together', () => {
    const all = { minTrajectories: 2, minHoursSinceLast: 2, minSuccessRate: 0.5 };
    const last = { sessions: [], at: NOW_MS - 3 * HOUR_MS };
    assert.equal(unmet(two, last, all, NOW_MS), 0);
    assert.equal(unmet(two.slice(1), { ...last, at: NOW_MS }, all, NOW_MS), 3);
    assert.equal(unmet(two, { ...last, at: NOW_MS }, all, NOW_MS), 1);
  });

  it('never comes where nothing is new', () => {
    const last = { sessions: two.map(({ session }) => sessionDigest(session)), at: 0 };
    assert.equal(batchDue(two, last, { ...NONE, minTrajectories: 0 }, NOW_MS).isDue, false);
  });
});
