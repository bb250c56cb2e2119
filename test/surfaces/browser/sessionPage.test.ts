import assert from 'node:assert/strict';
import type { SessionReport } from '../../../src/core/model/sessions/sessionReport.ts';
import { sessionOf } from '../../support/libraryEvents.ts';
import { headline } from '../../../webview-ui/session/headline.ts';
import { timelinePoints } from '../../../webview-ui/session/timelinePoints.ts';

/** At a second of the session. */
function at(second: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
}

const BASE = Date.parse(at(0)) / 1000;

function reportOf(changes: Partial<SessionReport>): SessionReport {
  const { report } = sessionOf('one', 'shop');
  return {
    ...{ ...report, logs: [] },
    context: { ...report.context, curve: [] },
    tests: { ...report.tests, history: [] },
    ...changes,
  };
}

function curveOf(...seconds: readonly number[]): SessionReport['context'] {
  const curve = seconds.map((second) => ({ at: at(second), tokens: 100 * second }));
  return { ...reportOf({}).context, curve };
}

function runAt(second: number, state: 'passed' | 'failed'): SessionReport['tests']['history'][0] {
  return {
    ...{ at: at(second), runner: 'jest', command: 'npm test', state },
    ...{ passed: 1, failed: null, skipped: null },
  };
}

function testsOf(...history: SessionReport['tests']['history']): SessionReport['tests'] {
  return { ...reportOf({}).tests, history };
}

describe('the timeline of a session', () => {
  it('goes on to the test run after the last response', () => {
    const tests = testsOf(runAt(1, 'failed'), runAt(9, 'passed'));
    const data = timelinePoints(reportOf({ context: curveOf(0, 2), tests }));
    assert.deepEqual(data, {
      times: [BASE, BASE + 2, BASE + 9],
      tokens: [0, 200, null],
      ...{ compactions: [], failedTests: [BASE + 1], passedTests: [BASE + 9] },
    });
  });

  it('begins with a compaction before the first response', () => {
    const compaction = { trigger: 'auto', tokensBefore: null, tokensAfter: null };
    const context = { ...curveOf(5, 6), compactions: [{ ...compaction, at: at(3) }] };
    const data = timelinePoints(reportOf({ context }));
    assert.deepEqual(data?.times, [BASE + 3, BASE + 5, BASE + 6]);
    assert.deepEqual(data.tokens, [null, 500, 600]);
  });

  it('shows a single response with a test run after it', () => {
    const data = timelinePoints(
      reportOf({ context: curveOf(1), tests: testsOf(runAt(2, 'passed')) }),
    );
    assert.deepEqual(data?.times, [BASE + 1, BASE + 2]);
  });

  it('is left out where nothing has a duration', () => {
    assert.equal(timelinePoints(reportOf({ context: curveOf(1) })), undefined);
    assert.equal(timelinePoints(reportOf({ tests: testsOf(runAt(1, 'passed')) })), undefined);
  });
});

describe('the head line of a session', () => {
  function headlineOf(
    exactness: Partial<SessionReport['exactness']>,
    costUsd: number | null = 2.5,
  ) {
    const report = reportOf({ costUsd, unpriced: costUsd === null ? ['new-model'] : [] });
    return headline({ ...report, exactness: { ...report.exactness, ...exactness } }, 'en');
  }

  it('tells exact figures as they are', () => {
    assert.match(headlineOf({}), / · 3 tokens · \$2\.50 · /);
  });

  it('says so where a figure is a lower bound', () => {
    const line = headlineOf({ tokens: 'lower-bound', costUsd: 'lower-bound' });
    assert.match(line, / · at least 3 tokens · at least \$2\.50 · /);
  });

  it('says so where a figure is an estimate', () => {
    const line = headlineOf({ tokens: 'estimate', costUsd: 'estimate' });
    assert.match(line, / · about 3 tokens · about \$2\.50 · /);
  });

  it('says so where a model has no price, and makes up nothing that was not measured', () => {
    assert.match(headlineOf({}, null), / · 3 tokens · unpriced · /);
    assert.doesNotMatch(headlineOf({ tokens: 'not-measured' }), /token|\$/);
  });
});
