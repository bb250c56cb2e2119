import type { EpochMs } from '../../model/epochMs.ts';
import type { Session } from '../../model/sessions/session.ts';
import type { Exactness, TimeMetric } from '../../model/sessions/sessionReport.ts';

/** A longer pause is a session that was left open. */
const LONGEST_PAUSE_MS = 5 * 60 * 1000;

export function measureTime(
  { times, steps }: Pick<Session, 'times' | 'steps'>,
  completedTasks: number,
): { readonly time: TimeMetric; readonly exactness: Exactness } {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || times.length < 2) {
    const nothing = { wallMs: null, activeMs: null, waitingMs: null, perTaskMs: null };
    return { time: { ...nothing, perStepMs: null }, exactness: 'not-measured' };
  }
  const waits = waitsOf(steps);
  const waitingMs = waits === undefined ? null : lengthOf(waits);
  const waitedBetween = createOverlap(waits ?? []);
  let activeMs = 0;
  let isCut = false;
  let former = first;
  for (const at of times) {
    const busyMs = at - former - waitedBetween(former, at);
    if (busyMs > LONGEST_PAUSE_MS) isCut = true;
    activeMs += Math.min(busyMs, LONGEST_PAUSE_MS);
    former = at;
  }
  return {
    time: {
      ...{ wallMs: last - first, activeMs, waitingMs },
      perTaskMs: completedTasks === 0 ? null : Math.round(activeMs / completedTasks),
      perStepMs: steps.length === 0 ? null : Math.round(activeMs / steps.length),
    },
    exactness: isCut ? 'estimate' : 'exact',
  };
}

interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * When the agent waited for a prompt, in order and apart from one another; `undefined` where it never
 * did. The first prompt waits for nobody.
 */
function waitsOf(steps: Session['steps']): readonly Span[] | undefined {
  const waits: Span[] = [];
  let hasWaited = false;
  let latest: EpochMs | undefined;
  for (const { at, source, subagent } of steps) {
    if (at === undefined || subagent !== undefined) continue;
    if (source === 'user' && latest !== undefined) {
      hasWaited = true;
      if (at > latest) waits.push({ from: latest, to: at });
    }
    latest = Math.max(latest ?? at, at);
  }
  return hasWaited ? waits : undefined;
}

function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** How much of a span was waited, for spans that are asked for in order. */
function createOverlap(waits: readonly Span[]): (from: EpochMs, to: EpochMs) => number {
  let next = 0;
  return (from, to) => {
    let overlap = 0;
    for (let at = next; ; at += 1) {
      const wait = waits[at];
      if (wait === undefined || wait.from >= to) return overlap;
      if (wait.to <= from) next = at + 1;
      else overlap += Math.min(to, wait.to) - Math.max(from, wait.from);
    }
  };
}
