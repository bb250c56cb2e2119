import { createHash } from 'node:crypto';
import type { Experience } from '../../model/experience/experience.ts';
import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';

/** When all sessions are looked at together. */
export interface BatchConditions {
  readonly minTrajectories: number;
  readonly minHoursSinceLast: number | null;
  readonly minSuccessRate: number | null;
}

export interface BatchDue {
  readonly isDue: boolean;
  /** What is not met yet. */
  readonly unmet: readonly LocalizedText[];
  /** Sessions that came since the last time. */
  readonly fresh: readonly Experience[];
}

/** Names a session in the record of a batch. */
export function sessionDigest(session: string): string {
  return createHash('sha256').update(session).digest('hex').slice(0, 8);
}

const HOUR_MS = 3_600_000;

/** Whether all conditions that are set are met; each is told that is not. */
export function batchDue(
  experiences: readonly Experience[],
  last: { readonly sessions: readonly string[]; readonly at: number } | undefined,
  conditions: BatchConditions,
  nowMs: number,
): BatchDue {
  const done = new Set(last?.sessions);
  const fresh = experiences.filter(({ session }) => !done.has(sessionDigest(session)));
  const { minTrajectories, minHoursSinceLast, minSuccessRate } = conditions;
  const unmet: LocalizedText[] = [];
  if (fresh.length < minTrajectories) {
    unmet.push(localized`${fresh.length} of ${minTrajectories} new sessions are there`);
  }
  const hours = last === undefined ? Infinity : (nowMs - last.at) / HOUR_MS;
  if (minHoursSinceLast !== null && hours < minHoursSinceLast) {
    const left = Math.ceil(minHoursSinceLast - hours);
    unmet.push(localized`${left} hours are left of the ${minHoursSinceLast} since the last time`);
  }
  const known = fresh.filter(({ outcome }) => outcome !== 'unknown');
  const successes = known.filter(({ outcome }) => outcome === 'success').length;
  const rate = known.length === 0 ? 0 : successes / known.length;
  if (minSuccessRate !== null && rate < minSuccessRate) {
    const percent = Math.round(100 * rate);
    unmet.push(
      localized`${percent} % of the new sessions with a known outcome succeeded, not ${Math.round(100 * minSuccessRate)} %`,
    );
  }
  return { isDue: unmet.length === 0 && fresh.length > 0, unmet, fresh };
}
