import type { Experience } from '../../model/experience/experience.ts';

/** Sessions beyond this number make the memory slower and no better. */
const MOST_EXPERIENCES = 2_000;

/**
 * Why each session that is worth little is set aside: of those that taught nothing, the oldest, until
 * no more than `most` count. One stays that has a lesson in the library, got over an error, succeeded
 * or failed provably, or was taken back by a person.
 *
 * @returns what a person reads, by the name of the session; none where there are not too many
 */
export function toPrune(
  experiences: readonly Experience[],
  most = MOST_EXPERIENCES,
): ReadonlyMap<string, string> {
  const counting = experiences.filter(({ pruned }) => pruned === null);
  const surplus = Math.max(0, counting.length - most);
  const why = `nobody knows how it ended, it got over no error, and of more than ${most} sessions those that taught nothing are set aside, the oldest first`;
  return new Map(
    counting
      .filter(isWorthless)
      .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0))
      .slice(0, surplus)
      .map(({ session }) => [session, why]),
  );
}

function isWorthless({ lessons, outcome, errors, kept }: Experience): boolean {
  const taught = lessons.length > 0 || errors.some(({ mended }) => mended !== null);
  return !taught && outcome === 'unknown' && kept !== true;
}
