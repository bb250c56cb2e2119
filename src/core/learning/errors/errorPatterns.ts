import type { ErrorPattern } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { groupBy } from '../../platform/groupBy.ts';
import { clusterLines } from './cluster.ts';
import { distinctNames, errorName } from './errorName.ts';
import { baseRates, fixOf } from './fix.ts';
import { actionsOf } from '../actions/actions.ts';
import { errorsOf } from './recovery.ts';
import type { ErrorSeen } from './recovery.ts';
import { joinOverlapping, signatureOf } from './signature.ts';

const MOST_EXAMPLES = 5;

/**
 * Errors that came again and again in what agents did, the most frequent first. The order of the
 * sessions, and a session that is given twice, change nothing.
 */
export function findErrorPatterns(sessions: Iterable<Session>): readonly ErrorPattern[] {
  return toPatterns([...distinct(sessions)].flatMap((session) => errorsSeen(session)));
}

/** The errors of one session, which is all that is needed of it. */
export function errorsSeen(session: Session): readonly ErrorSeen[] {
  return errorsOf(`${session.agent} ${session.id}`, actionsOf(session));
}

export function toPatterns(seen: readonly ErrorSeen[]): readonly ErrorPattern[] {
  const all = [...seen].sort(bySession);
  const clusters = joinOverlapping(clusterLines(all.map(({ line }) => line)));
  const rates = baseRates(all);
  const byLine = groupBy(all, ({ line }) => line);
  const named = clusters.map((cluster) => ({
    cluster,
    name: errorName(cluster),
    signature: signatureOf(cluster),
  }));
  const names = distinctNames(named);
  return named
    .map(({ cluster, signature }, at) => {
      const errors = cluster.lines.flatMap((line) => byLine.get(line) ?? []).sort(bySession);
      return {
        name: names[at] ?? '',
        signature,
        frequency: errors.length,
        sessions: [
          ...new Set(errors.map(({ session }) => session.slice(session.indexOf(' ') + 1))),
        ],
        suggestedFix: fixOf(errors, rates),
        examples: cluster.lines.slice(0, MOST_EXAMPLES),
      };
    })
    .sort((a, b) => b.frequency - a.frequency || (a.name < b.name ? -1 : 1));
}

function distinct(sessions: Iterable<Session>): Iterable<Session> {
  return new Map(
    [...sessions].map((session) => [`${session.agent} ${session.id}`, session]),
  ).values();
}

function bySession(a: ErrorSeen, b: ErrorSeen): number {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  return a.step - b.step;
}
