import type { RatingStanding } from '../../model/patternRow.ts';
import { UNNAMED } from '../../model/event.ts';
import type { Rating } from '../../model/pattern.ts';
import { isNewer, type Rank } from './resolution.ts';

/** What one person said of a pattern in one session and task; both are empty without one. */
export interface RatingFact extends Rank {
  readonly session: string;
  readonly task: string;
  readonly by: string;
  /** `null` when it takes back what they said before. */
  readonly rating: Rating | null;
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
    const place = placeOf(rating);
    if (rating.by !== UNNAMED) named.add(place);
    const key = `${place} ${rating.by}`;
    const held = newest.get(key);
    if (held === undefined || isNewer(rating, held)) newest.set(key, rating);
  }
  return [...newest.values()].flatMap((fact) => {
    const { rating, by } = fact;
    if (rating === null) return [];
    if (by === UNNAMED && named.has(placeOf(fact))) return [];
    return [{ ...fact, rating }];
  });
}

/** A rating and what became of it; of a withdrawal, the rating it took back, if that is known. */
export interface RatingPast {
  readonly fact: RatingFact;
  readonly rating: Rating | null;
  readonly standing: RatingStanding;
}

/** All that was said under the ids that lead to one pattern, in any order; newest first. */
export function ratingHistory(ratings: readonly RatingFact[]): readonly RatingPast[] {
  const newestFirst = ratings.toSorted((a, b) => (isNewer(a, b) ? -1 : 1));
  const counting = new Set(ratingsInForce(ratings).map(({ event }) => event));
  const endings = endingsOf(newestFirst);
  const takenBack = new Map<string, Rating>();
  for (const { event, rating } of newestFirst) {
    const ending = endings.get(event);
    if (rating !== null && ending?.rating === null) takenBack.set(ending.event, rating);
  }
  return newestFirst.map((fact) => {
    const { event, rating } = fact;
    if (rating === null) {
      return { fact, rating: takenBack.get(event) ?? null, standing: 'withdrawal' };
    }
    if (counting.has(event)) return { fact, rating, standing: 'inForce' };
    const isTakenBack = endings.get(event)?.rating === null;
    return { fact, rating, standing: isTakenBack ? 'takenBack' : 'replaced' };
  });
}

/** By the event of a fact, what the same person said next of the same session and task. */
function endingsOf(newestFirst: readonly RatingFact[]): ReadonlyMap<string, RatingFact> {
  const next = new Map<string, RatingFact>();
  const nextNamed = new Map<string, RatingFact>();
  const endings = new Map<string, RatingFact>();
  for (const fact of newestFirst) {
    const place = placeOf(fact);
    const key = `${place} ${fact.by}`;
    const ending = next.get(key) ?? (fact.by === UNNAMED ? nextNamed.get(place) : undefined);
    if (ending !== undefined) endings.set(fact.event, ending);
    next.set(key, fact);
    if (fact.by !== UNNAMED) nextNamed.set(place, fact);
  }
  return endings;
}

/** The writer of an event, by the event's id. */
export function writerOf(event: string): string {
  return event.slice(0, event.indexOf('.'));
}

/** SQL for the person behind a row of `ratings` called `x`: an id or, as older versions had it, a name. */
export const RATED_BY = `coalesce((SELECT o.person FROM former_names o
  WHERE o.name = x.rated_by AND o.writer = substr(x.event, 1, instr(x.event, '.') - 1)), x.rated_by)`;

function placeOf({ session, task }: RatingFact): string {
  return JSON.stringify([session, task]);
}
