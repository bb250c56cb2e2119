import assert from 'node:assert/strict';
import { compareRuns } from '../../../../../src/core/jobs/resolve/testing/patchTests.ts';
import type { TrialRun } from '../../../../../src/core/model/trial/trial.ts';

const run = (outcome: TrialRun['outcome'], output = ''): TrialRun => ({
  outcome,
  output,
  exitCode: outcome === 'passed' ? 0 : 1,
  durationMs: 1,
});
const FAILS_ONE = run('failed', '--- FAIL: TestTotal (0.00s)\nFAIL\n');
const FAILS_OTHER = run('failed', '--- FAIL: TestRoute (0.00s)\nFAIL\n');
const DOES_NOT_BUILD = run(
  'failed',
  './cart.go:3:5: undefined: total\nFAIL\tshop [build failed]\n',
);

describe('tests with a patch beside those without', () => {
  it('tell what it mended and what it broke', () => {
    assert.deepEqual(compareRuns(FAILS_ONE, run('passed')), { broken: 0, mended: 1 });
    assert.deepEqual(compareRuns(FAILS_ONE, FAILS_OTHER), { broken: 1, mended: 1 });
    assert.deepEqual(compareRuns(FAILS_ONE, FAILS_ONE), { broken: 0, mended: 0 });
    assert.deepEqual(compareRuns(run('passed'), DOES_NOT_BUILD), { broken: 1, mended: 0 });
  });

  it('speak against a patch with which none runs any more', () => {
    assert.deepEqual(compareRuns(FAILS_ONE, DOES_NOT_BUILD), { broken: 1, mended: 0 });
  });

  it('tell nothing where none ran before either', () => {
    assert.equal(compareRuns(DOES_NOT_BUILD, DOES_NOT_BUILD), undefined);
    assert.equal(compareRuns(run('not-started'), run('passed')), undefined);
  });
});
