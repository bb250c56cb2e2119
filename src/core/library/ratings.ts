import { UNNAMED } from '../model/event.ts';
import type { Rating } from '../model/pattern.ts';
import { isNewer, type Rank } from './resolution.ts';

/** What one person said of a pattern in one session and task; both are empty without one. */
export interface RatingFact extends Rank {
  readonly session: string;
  readonly task: string;
  readonly by: string;
  /** `null` when taken back. */
  readonly rating: number | null;
  readonly at: number;
}

/**
 * Of all that was said under the ids that lead to one pattern, what counts: each person's newest
 * rating of a session and task. Somebody unnamed is whoever rated there under a name, so that
 * nobody counts twice.
 */
export function ratingsInForce<Fact extends RatingFact>(
  ratings: readonly Fact[],
): readonly (Fact & { readonly rating: Rating })[] {
  const newest = new Map<string, Fact>();
  const named = new Set<string>();
  for (const rating of ratings) {
    const place = JSON.stringify([rating.session, rating.task]);
    if (rating.by !== UNNAMED) named.add(place);
    const key = `${place} ${rating.by}`;
    const held = newest.get(key);
    if (held === undefined || isNewer(rating, held)) newest.set(key, rating);
  }
  return [...newest.values()].flatMap((fact) => {
    const { rating, by, session, task } = fact;
    if (rating === null) return [];
    if (by === UNNAMED && named.has(JSON.stringify([session, task]))) return [];
    return [{ ...fact, rating: rating as Rating }];
  });
}
