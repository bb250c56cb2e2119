import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { SessionComparison, SessionReport } from '../../model/sessions/sessionReport.ts';
import { compareSessions } from '../../sessions/report/compare.ts';
import { analyzeSessions, listSessions } from './analyzeSessions.ts';
import type { AnalyzeParts } from './analyzeSessions.ts';

/** As many of a person's sessions tell how much they differ by themselves. */
const OWN_SESSIONS = 30;

/** @throws AppError `session-not-found` */
export async function compareNamed(
  parts: AnalyzeParts,
  names: readonly [string, string],
  watch: Watch,
): Promise<SessionComparison> {
  const [first, second] = names;
  const pair = [await one(parts, first, watch), await one(parts, second, watch)] as const;
  const ids = pair.map(({ id }) => id);
  const others = await listSessions(parts, { recent: OWN_SESSIONS + pair.length }, watch);
  return compareSessions(
    pair,
    others
      .map(({ brief }) => brief)
      .filter(({ id }) => !ids.includes(id))
      .slice(0, OWN_SESSIONS),
  );
}

async function one(parts: AnalyzeParts, name: string, watch: Watch): Promise<SessionReport> {
  const { sessions } = await analyzeSessions(parts, { names: [name] }, watch);
  const [session] = sessions;
  if (session !== undefined) return session;
  throw new AppError('session-not-found', localized`there is no session or log ${name}`);
}
