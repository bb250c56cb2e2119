import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';

/** All times are seconds since 1970. */
export interface TimelinePoints {
  /** In order. */
  readonly times: readonly number[];
  /** How full the context was at each time; null where only a mark stands. */
  readonly tokens: readonly (number | null)[];
  readonly compactions: readonly number[];
  readonly commits: readonly number[];
  readonly passedTests: readonly number[];
  readonly failedTests: readonly number[];
}

/**
 * `undefined` where nothing is known over time. The marks are within the times, or at their ends. Of
 * a session without a model, which a person had alone, only the marks are known.
 */
export function timelinePoints(report: SessionReport): TimelinePoints | undefined {
  const { context, tests, work, startedAt, endedAt } = report;
  const points = context.curve.flatMap(({ at, tokens }) =>
    secondsOf([at]).map((time): Point => ({ time, tokens })),
  );
  const runs = (state: 'passed' | 'failed'): readonly number[] =>
    secondsOf(tests.history.filter((run) => run.state === state).map(({ at }) => at));
  const marks = {
    compactions: secondsOf(context.compactions.map(({ at }) => at)),
    commits: secondsOf(work.commitTimes ?? []),
    ...{ passedTests: runs('passed'), failedTests: runs('failed') },
  };
  const marked = Object.values(marks).flat();
  if (points.length === 0 && marked.length === 0) return undefined;
  const ends = points.length > 0 ? points.map(({ time }) => time) : secondsOf([startedAt, endedAt]);
  const min = [...ends, ...marked].reduce((least, time) => Math.min(least, time), Infinity);
  const max = [...ends, ...marked].reduce((most, time) => Math.max(most, time), -Infinity);
  if (max <= min) return undefined;
  const all = [
    ...(min < (points[0]?.time ?? Infinity) ? [{ time: min, tokens: null }] : []),
    ...points,
    ...(max > (points.at(-1)?.time ?? -Infinity) ? [{ time: max, tokens: null }] : []),
  ];
  return { times: all.map(({ time }) => time), tokens: all.map(({ tokens }) => tokens), ...marks };
}

interface Point {
  readonly time: number;
  readonly tokens: number | null;
}

function secondsOf(times: readonly (string | null)[]): readonly number[] {
  return times.flatMap((at) => (at === null ? [] : [Date.parse(at) / 1000]));
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** A moment takes the middle of this part of the whole. */
const CLOSE = 0.1;

/** What to show of the whole so that a moment is in the middle, as far as the whole reaches. */
export function rangeAround(moment: number, whole: Range): Range {
  const length = (whole.max - whole.min) * CLOSE;
  const min = Math.min(Math.max(moment - length / 2, whole.min), whole.max - length);
  return { min, max: min + length };
}
