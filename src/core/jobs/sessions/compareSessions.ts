import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { SessionComparison, SessionReport } from '../../model/sessionReport.ts';
import { compareSessions } from '../../sessions/report/compare.ts';
import { analyzeSessions } from './analyzeSessions.ts';
import type { SessionParts } from './sessionLogs.ts';

/** As many of a person's sessions tell how much they differ by themselves. */
const OWN_SESSIONS = 30;

/** @throws AppError `session-not-found` */
export async function compareNamed(
  parts: SessionParts,
  names: readonly [string, string],
  watch: Watch,
): Promise<SessionComparison> {
  const [first, second] = names;
  const pair = [await one(parts, first, watch), await one(parts, second, watch)] as const;
  const ids = pair.map(({ id }) => id);
  const { sessions } = await analyzeSessions(parts, { names: [], recent: OWN_SESSIONS }, watch);
  return compareSessions(
    pair,
    sessions.filter(({ id }) => !ids.includes(id)),
  );
}

async function one(parts: SessionParts, name: string, watch: Watch): Promise<SessionReport> {
  const { sessions } = await analyzeSessions(parts, { names: [name] }, watch);
  const [session] = sessions;
  if (session !== undefined) return session;
  throw new AppError('session-not-found', localized`there is no session or log ${name}`);
}
