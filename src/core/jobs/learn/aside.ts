import type { SessionAside } from '../../model/api/learning.ts';
import type { LearnParts } from './learnParts.ts';
import { experienceIn } from './learned.ts';

/** Sessions that were set aside, the last that ended first. */
export function sessionsAside(parts: LearnParts): readonly SessionAside[] {
  return parts
    .current()
    .experiences.all()
    .toSorted((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0))
    .flatMap(({ session, task, endedAt, pruned: why }) => {
      if (why === null) return [];
      const ended = endedAt === null ? null : new Date(endedAt).toISOString();
      return [{ session, task, endedAt: ended, why }];
    });
}

/**
 * Lets sessions that were set aside count again, and keeps them from being set aside once more.
 *
 * @param names `undefined` for all
 * @returns the names of those that had been set aside, in order of these
 * @throws AppError `session-not-found`
 */
export async function takeBack(
  parts: LearnParts,
  names: readonly string[] | undefined,
): Promise<readonly string[]> {
  const library = parts.current();
  const { experiences } = library;
  const all = experiences.all();
  const asked = names?.map((name) => experienceIn(all, name)) ?? all;
  const aside = asked.filter(({ pruned }) => pruned !== null).map(({ session }) => session);
  const sessions = [...new Set(aside)].sort();
  const events = sessions.flatMap((session) => experiences.recorded(session) ?? []);
  await library.record(events.map((event) => ({ ...event, pruned: null, kept: true })));
  return sessions;
}
