import { UNNAMED } from '../../model/event.ts';
import type { PatternId, Rating } from '../../model/pattern.ts';
import { RATED_BY, ratingsInForce, type RatingFact } from '../view/ratings.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** Of ratings in force, the one that somebody gave without session and task. */
export function ownRatingAmong(
  inForce: readonly (RatingFact & { readonly rating: Rating })[],
  person: string,
): Rating | undefined {
  return inForce.find(
    ({ session, task, by }) => session === '' && task === '' && (by === person || by === UNNAMED),
  )?.rating;
}

type Row = RatingFact & { readonly id: PatternId };

/** The same for every pattern that was brought up to date after `since`, a version of the view. */
export function ownRatings(
  db: Sqlite,
  person: string,
  since: number,
): ReadonlyMap<PatternId, Rating> {
  const facts = new Map<PatternId, RatingFact[]>();
  const rows = db
    .query<[number], Row>(
      `SELECT s.target AS id, x.session, x.task, ${RATED_BY} AS "by", x.rating, x.at, x.rev, x.event
       FROM ratings x JOIN standings s ON s.uid = x.pattern
       WHERE s.touched > ? AND x.session = '' AND x.task = ''`,
    )
    .each(since);
  for (const { id, ...fact } of rows) {
    const known = facts.get(id) ?? [];
    facts.set(id, known);
    known.push(fact);
  }
  const own = new Map<PatternId, Rating>();
  for (const [id, given] of facts) {
    const rating = ownRatingAmong(ratingsInForce(given), person);
    if (rating !== undefined) own.set(id, rating);
  }
  return own;
}
