import type { CheckRun, Session } from '../../model/sessions/session.ts';
import type {
  CheckSummary,
  CoverageMetric,
  TestRunReport,
  TestsMetric,
} from '../../model/sessions/sessionReport.ts';
import { isoTime } from './isoTime.ts';

export function measureTests({ checks, steps }: Session): TestsMetric {
  const tests = checks.filter(({ kind }) => kind === 'test');
  const counted = tests.filter(({ passed }) => passed !== undefined).at(-1);
  return {
    ...summaryOf(tests),
    flaky: flakyOf(tests, steps),
    lastCounters:
      counted === undefined
        ? null
        : {
            passed: counted.passed ?? null,
            failed: counted.failed ?? null,
            skipped: counted.skipped ?? null,
          },
    history: tests.map(toReport),
    builds: summaryOf(checks.filter(({ kind }) => kind === 'build')),
    lints: summaryOf(checks.filter(({ kind }) => kind === 'lint')),
  };
}

function summaryOf(runs: readonly CheckRun[]): CheckSummary {
  const last = runs.filter(({ isPassed }) => isPassed !== undefined).at(-1);
  return {
    runs: runs.length,
    passed: runs.filter(({ isPassed }) => isPassed === true).length,
    failed: runs.filter(({ isPassed }) => isPassed === false).length,
    last: last === undefined ? null : last.isPassed === true ? 'passed' : 'failed',
  };
}

function toReport({
  at,
  runner,
  command,
  isPassed,
  passed,
  failed,
  skipped,
}: CheckRun): TestRunReport {
  return {
    ...{ at: isoTime(at), runner, command },
    state: isPassed === undefined ? 'unknown' : isPassed ? 'passed' : 'failed',
    ...{ passed: passed ?? null, failed: failed ?? null, skipped: skipped ?? null },
  };
}

/** Commands that failed and passed with nothing changed between. */
function flakyOf(tests: readonly CheckRun[], steps: Session['steps']): readonly string[] {
  const formerRuns = new Map<string, CheckRun>();
  const recovered: { command: string; from: number; to: number }[] = [];
  for (const run of tests) {
    const former = formerRuns.get(run.command);
    formerRuns.set(run.command, run);
    if (former?.isPassed !== false || run.isPassed !== true) continue;
    if (former.at === undefined || run.at === undefined) continue;
    recovered.push({ command: run.command, from: former.at, to: run.at });
  }
  if (recovered.length === 0) return [];
  const changes = steps
    .filter(({ toolCalls }) =>
      toolCalls.some(({ edits, command }) => edits.length > 0 || isWriting(command)),
    )
    .flatMap(({ at }) => (at === undefined ? [] : [at]));
  const flaky = recovered.filter(({ from, to }) => !changes.some((at) => at >= from && at <= to));
  return [...new Set(flaky.map(({ command }) => command))];
}

/** A shell changes files in more ways than can be told: what may write is taken for a change. */
function isWriting(command: string | undefined): boolean {
  return (
    command !== undefined &&
    /[>]|\b(?:sed -i|patch|git|mv|cp|rm|install|fmt|fix|generate)\b/.test(command)
  );
}

/** The last share that a tool printed, and how it changed; null where none did. */
export function measureCoverage({ coverage }: Session): CoverageMetric | null {
  const last = coverage.at(-1);
  if (last === undefined) return null;
  const first = coverage.find(({ tool }) => tool === last.tool) ?? last;
  const change = Math.round((last.percent - first.percent) * 100) / 100;
  return { tool: last.tool, percent: last.percent, change };
}
