import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';

export interface JoinedCurves {
  /** Since the beginning of each session, in order. */
  readonly minutes: readonly number[];
  /** Of either session at each minute; null where it tells nothing then. */
  readonly tokens: readonly [readonly (number | null)[], readonly (number | null)[]];
}

/** The contexts of two sessions over one axis, on which both begin at 0. */
export function joinCurves(reports: readonly [SessionReport, SessionReport]): JoinedCurves {
  const [first, second] = [pointsOf(reports[0]), pointsOf(reports[1])];
  const minutes = [...new Set([...first.keys(), ...second.keys()])].sort((a, b) => a - b);
  const along = (points: ReadonlyMap<number, number>): readonly (number | null)[] =>
    minutes.map((minute) => points.get(minute) ?? null);
  return { minutes, tokens: [along(first), along(second)] };
}

/** To a hundredth of a minute; of several at the same time the last one counts. */
function pointsOf({ context, startedAt }: SessionReport): ReadonlyMap<number, number> {
  const start = Date.parse(startedAt ?? '');
  return new Map(
    context.curve.flatMap(({ at, tokens }) => {
      const minute = at === null ? NaN : Math.round((Date.parse(at) - start) / 600) / 100;
      return Number.isNaN(minute) ? [] : [[minute, tokens] as const];
    }),
  );
}
