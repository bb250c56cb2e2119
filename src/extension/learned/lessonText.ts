import { l10n } from 'vscode';
import type { LearnedLesson } from '../../core/model/api/learning.ts';

/** `2 sessions · used 3 times, 67 % went well`: where it is from, and what it did later. */
export function describeLesson(lesson: LearnedLesson): string {
  const { sessions, uses, successRate, error } = lesson;
  const from =
    error === undefined
      ? sessionsText(sessions.length)
      : l10n.t('{0} × in {1}', error.frequency, sessionsText(sessions.length));
  const later = [
    ...(uses === 0 ? [] : [uses === 1 ? l10n.t('used once') : l10n.t('used {0} times', uses)]),
    // Nobody knows how what nobody reported of went.
    ...(successRate.weight === 0
      ? []
      : [l10n.t('{0} % went well', Math.round(100 * successRate.mean))]),
  ];
  return [from, ...(later.length === 0 ? [] : [later.join(', ')])].join(' · ');
}

/** How sessions ended that did what a strategy says, and those that did otherwise; empty where nobody knows. */
export function evidenceText({
  evidence,
  contradictedBy,
}: Pick<LearnedLesson, 'evidence' | 'contradictedBy'>): readonly string[] {
  const other = l10n.t('Another strategy says otherwise.');
  const doubt = contradictedBy.length === 0 ? [] : [other];
  if (evidence === undefined) return doubt;
  const { followed, others } = evidence;
  const so = l10n.t(
    '{0} of {1} sessions that did so succeeded',
    followed.succeeded,
    followed.known,
  );
  const otherwise = l10n.t('{0} of {1} that did otherwise', others.succeeded, others.known);
  return [others.known === 0 ? so : `${so}, ${otherwise}`, ...doubt];
}

export function sessionsText(count: number): string {
  return count === 1 ? l10n.t('1 session') : l10n.t('{0} sessions', count);
}

/** How often what mends an error did; `undefined` where nothing recurs. */
export function fixText({ error }: Pick<LearnedLesson, 'error'>): string | undefined {
  const fix = error?.suggestedFix;
  if (fix === undefined) return undefined;
  const [share, low, high] = [fix.share, fix.low, fix.high].map((one) => Math.round(100 * one));
  return l10n.t(
    'Fixed by {0} in {1} % of {2} times ({3} to {4} %)',
    fix.text,
    share ?? 0,
    fix.n,
    low ?? 0,
    high ?? 0,
  );
}
