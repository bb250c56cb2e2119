import type { Experience } from '../../model/experience/experience.ts';

/** Sessions beyond this number make the memory slower and no better. */
export const MOST_EXPERIENCES = 2_000;

/**
 * Why each session that is worth little is set aside: of those that taught nothing, the oldest. One
 * stays that has a lesson in the library, got over an error, succeeded or failed provably.
 *
 * @param isKept whether something of a session is rated or was used
 */
export function toPrune(
  experiences: readonly Experience[],
  isKept: (experience: Experience) => boolean,
  most = MOST_EXPERIENCES,
): ReadonlyMap<string, string> {
  const counting = experiences.filter(({ pruned }) => pruned === null);
  const surplus = counting.length - most;
  if (surplus <= 0) return new Map();
  const worthless = counting
    .filter((one) => one.lessons.length === 0 && one.outcome === 'unknown')
    .filter((one) => one.errors.every(({ mended }) => mended === null) && !isKept(one))
    .sort((a, b) => (a.endedAt ?? 0) - (b.endedAt ?? 0));
  return new Map(
    worthless
      .slice(0, surplus)
      .map(({ session }) => [session, `taught nothing, and there are more than ${most} sessions`]),
  );
}
