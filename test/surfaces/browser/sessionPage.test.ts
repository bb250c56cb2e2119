import assert from 'node:assert/strict';
import type {
  SessionComparison,
  SessionReport,
} from '../../../src/core/model/sessions/sessionReport.ts';
import { sessionOrigin, sessionTitle } from '../../../src/protocol/sessionTitle.ts';
import { sessionOf } from '../../support/library/libraryEvents.ts';
import { headline } from '../../../webview-ui/session/headline.ts';
import { drawComparison } from '../../../webview-ui/session/comparisonView.ts';
import { joinCurves } from '../../../webview-ui/session/joinCurves.ts';
import { trendFigures } from '../../../webview-ui/session/trendFigures.ts';
import { drawReport } from '../../../webview-ui/session/reportView.ts';
import { rangeAround, timelinePoints } from '../../../webview-ui/session/timelinePoints.ts';
import { drawnText, handlersOf } from './drawnText.ts';

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
      ...{ compactions: [], commits: [], failedTests: [BASE + 1], passedTests: [BASE + 9] },
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

  it('tells the runs and commits of a session that has no model', () => {
    const work = { ...reportOf({}).work, commitTimes: [at(8)] };
    const tests = testsOf(runAt(3, 'failed'), runAt(6, 'passed'));
    const span = { startedAt: at(1), endedAt: at(9) };
    assert.deepEqual(timelinePoints(reportOf({ ...span, tests, work })), {
      times: [BASE + 1, BASE + 9],
      tokens: [null, null],
      ...{ compactions: [], commits: [BASE + 8] },
      ...{ failedTests: [BASE + 3], passedTests: [BASE + 6] },
    });
  });

  it('is left out where nothing has a duration', () => {
    assert.equal(timelinePoints(reportOf({ context: curveOf(1) })), undefined);
    const span = { startedAt: at(1), endedAt: at(1) };
    assert.equal(
      timelinePoints(reportOf({ ...span, tests: testsOf(runAt(1, 'passed')) })),
      undefined,
    );
  });
});

describe('a moment of the timeline', () => {
  const whole = { min: 1000, max: 2000 };

  it('is shown in the middle', () => {
    assert.deepEqual(rangeAround(1500, whole), { min: 1450, max: 1550 });
  });

  it('is shown within the whole, also where it lies at an end or past it', () => {
    assert.deepEqual(rangeAround(1010, whole), { min: 1000, max: 1100 });
    assert.deepEqual(rangeAround(2500, whole), { min: 1900, max: 2000 });
  });
});

describe('loops and errors on the page of a session', () => {
  const work: SessionReport['work'] = {
    ...reportOf({}).work,
    reworkLoops: [{ path: 'cart.ts', edits: 3, lastAt: at(1) }],
    repeatedFailures: [{ command: 'make', times: 2, lastAt: at(2) }],
    repeatedReads: [{ path: 'shop.ts', times: 4 }],
    ...{ errors: { command: 2, tool: 1 }, lastErrors: { command: at(3) } },
  };

  function momentsOf(report: SessionReport): { readonly text: string; readonly shown: string[] } {
    const shown: string[] = [];
    const onMoment = (moment: string): void => {
      shown.push(moment);
    };
    const onExport = (): void => undefined;
    const drawn = drawReport({ kind: 'report', report, trend: [] }, { onExport, onMoment }, 'en');
    // The first two are those of the buttons that export.
    for (const click of handlersOf(drawn, 'click').slice(2)) click({});
    return { text: drawnText(drawn), shown };
  }

  it('lead to their last time on the timeline, where it is known', () => {
    const { text, shown } = momentsOf(reportOf({ work, context: curveOf(0, 5) }));
    assert.deepEqual(shown, [at(1), at(2), at(3)]);
    assert.match(text, /Read: shop\.ts<\/td>.{0,40}>4<\/td>.{0,40}>–/);
    assert.match(text, /Commands that failed<\/td>.{0,40}>2</);
  });

  it('say where it went wrong first only where it did', () => {
    const step = { step: 1, at: at(2), what: 'change the code', share: 0.25, faults: [] };
    const drawnOf = (faults: readonly string[]): string =>
      momentsOf(reportOf({ steps: [{ ...step, faults }] })).text;
    assert.match(drawnOf([]), /change the code<\/td><td class=figure>25%</);
    assert.doesNotMatch(drawnOf([]), /Went wrong first/);
    assert.match(drawnOf(['was undone']), /Went wrong first.*it was undone/);
  });

  it('only tell it where there is no timeline', () => {
    const { text, shown } = momentsOf(reportOf({ work }));
    assert.deepEqual(shown, []);
    assert.ok(text.includes(new Date(at(2)).toLocaleTimeString('en')));
  });
});

describe('the name of a session', () => {
  it('is its title, or whose it is and when it began', () => {
    const [title, agent, folder] = ['Bake', 'claude-code', '/home/me/shop/'] as const;
    const span = { startedAt: at(0), endedAt: at(3600) };
    assert.equal(sessionTitle(reportOf({ title })), 'Bake');
    assert.match(
      sessionTitle(reportOf({ title: null, agent, ...span }), 'en'),
      /^Claude Code, \S+ \d/,
    );
    const untimed = reportOf({ ...{ title: null, agent, startedAt: null }, id: '0123456789' });
    assert.equal(sessionTitle(untimed), 'Claude Code, 01234567');
    const origin = sessionOrigin(reportOf({ agent, agentVersion: '2.1', folder, ...span }), 'en');
    assert.match(origin, /^Claude Code 2\.1 · shop · .*–/);
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

  it('counts as people do', () => {
    const ran = (runs: number, failed: number): string => {
      const time = { ...reportOf({}).time, activeMs: runs * 60_000 };
      return headline(reportOf({ time, tests: { ...reportOf({}).tests, runs, failed } }), 'en');
    };
    assert.match(ran(1, 0), / · 1 minute of work · .* · 1 test run$/);
    assert.match(ran(1, 1), / · 1 test run, which failed$/);
    assert.match(ran(3, 1), / · 3 minutes of work · .* · 3 test runs, 1 failed$/);
  });

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

describe('the trends of a project', () => {
  it('are of figures that two sessions tell at least, and tell nothing that was not measured', () => {
    const paid = reportOf({ costUsd: 2, time: { ...reportOf({}).time, activeMs: 90_000 } });
    const unpaid = reportOf({ costUsd: null });
    const untold = reportOf({
      costUsd: 1,
      exactness: { ...reportOf({}).exactness, tokens: 'not-measured' },
    });
    const figures = trendFigures([paid, unpaid, untold]);
    const told = new Map(figures.map(({ label, values }) => [label, values]));
    assert.deepEqual(told.get('Cost (US dollars)'), [2, null, 1]);
    assert.deepEqual(told.get('Tokens'), [3, 3, null]);
    assert.deepEqual(trendFigures([paid]), []);
  });
});

describe('two sessions side by side', () => {
  const pair = [
    reportOf({ title: 'Bake', startedAt: at(0), context: curveOf(0, 30) }),
    reportOf({ title: 'Knead', startedAt: at(30), context: curveOf(30, 60, 90) }),
  ] as const;

  it('have their contexts over one axis, on which both begin at 0', () => {
    assert.deepEqual(joinCurves(pair), {
      minutes: [0, 0.5, 1],
      tokens: [
        [0, 3000, null],
        [3000, 6000, 9000],
      ],
    });
  });

  it('say which differences are larger than what is usual for the person', () => {
    const row = { values: [1, 9] as const, difference: 8 };
    const comparison: SessionComparison = {
      ...{ ids: ['a', 'b'], ownSessions: 6 },
      rows: [
        { name: 'Errors', unit: 'count', ...row, spread: 2.123, standsOut: true },
        { name: 'Test runs', unit: 'count', ...row, spread: 7, standsOut: false },
        {
          name: 'Context',
          unit: 'ratio',
          ...row,
          difference: -0.25,
          spread: null,
          standsOut: null,
        },
      ],
    };
    const content = { kind: 'comparison', comparison, reports: pair } as const;
    const text = drawnText(drawComparison(content, () => undefined, 'en'));
    const cells = text.replaceAll(/ class=\w+/g, '');
    assert.match(
      cells,
      /Errors<\/td><td>1<\/td><td>9<\/td><td>\+8<\/td><td>2\.1<\/td><td><b>stands/,
    );
    assert.doesNotMatch(cells, /Test runs<\/td>.{0,60}<b>stands out/);
    assert.match(cells, /Context<\/td>.{0,60}<td>-25%<\/td><td>–/);
    assert.ok(text.includes('6 other sessions'));
  });
});
