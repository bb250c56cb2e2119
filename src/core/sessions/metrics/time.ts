import type { Session } from '../../model/sessions/session.ts';
import type { Exactness, TimeMetric } from '../../model/sessions/sessionReport.ts';

/** A longer pause is a session that was left open. */
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

export function measureTime(
  { times, steps }: Session,
  completedTasks: number,
): { readonly time: TimeMetric; readonly exactness: Exactness } {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 2) {
    const nothing = { wallMs: null, activeMs: null, waitingMs: null, perTaskMs: null };
    return { time: { ...nothing, perStepMs: null }, exactness: 'not-measured' };
  }
  let activeMs = 0;
  let former = first;
  for (const at of times) {
    activeMs += Math.min(at - former, LONGEST_PAUSE_MS);
    former = at;
  }
  return {
    time: {
      ...{ wallMs: last - first, activeMs, waitingMs: waitingOf(steps) },
      perTaskMs: completedTasks === 0 ? null : Math.round(activeMs / completedTasks),
      perStepMs: steps.length === 0 ? null : Math.round(activeMs / steps.length),
    },
    exactness: 'exact',
  };
}

/** The first prompt waits for nobody. */
function waitingOf(steps: Session['steps']): number | null {
  let waitingMs: number | null = null;
  let former: number | undefined;
  for (const { at, source, subagent } of steps) {
    if (at === undefined || subagent !== undefined) continue;
    if (source === 'user' && former !== undefined) {
      waitingMs = (waitingMs ?? 0) + Math.max(0, at - former);
    }
    former = at;
  }
  return waitingMs;
}
