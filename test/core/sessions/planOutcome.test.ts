import assert from 'node:assert/strict';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';
import type { PlanStatus } from '../../../src/core/model/sessions/session.ts';
import { claudeSession } from '../../support/sessions/claudeSession.ts';

const PASSED = { run: 'pytest', output: '1 passed in 0.1s' };

async function outcomeOf(...statuses: readonly PlanStatus[]) {
  return outcomeAfter(PASSED, statuses);
}

async function outcomeAfter(call: typeof PASSED, statuses: readonly PlanStatus[]) {
  const session = await claudeSession([{ edit: ['shop.py', 'a', 'b'] }, call]);
  const plan = statuses.map((status, at) => {
    return { key: `${at}`, text: `item ${at}`, status, isDropped: false };
  });
  return reportSession({ ...session, plan }).outcome;
}

describe('the outcome of a session with a plan', () => {
  it('is partial where something was begun and not ended, whatever the tests say', async () => {
    const { label, evidence } = await outcomeOf('completed', 'in_progress');
    assert.equal(label, 'partial');
    assert.ok(evidence.includes('plan: 1 of 2 done, 1 in progress'));
  });

  it('is unknown where nothing but a plan that goes on speaks of it', async () => {
    const call = { run: 'ls', output: 'shop.py' };
    const { label, confidence } = await outcomeAfter(call, ['completed', 'in_progress']);
    assert.deepEqual([label, confidence], ['unknown', 0.3]);
  });

  it('is a success where all was done', async () => {
    assert.equal((await outcomeOf('completed', 'completed')).label, 'success');
  });

  it('goes by the tests where items were never begun', async () => {
    assert.equal((await outcomeOf('completed', 'pending')).label, 'success');
  });
});
