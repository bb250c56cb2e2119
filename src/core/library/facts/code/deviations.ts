import type { IdiomDeviation } from '../../../model/code.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';

/**
 * Places that do otherwise what an idiom does, dismissed ones included.
 *
 * @param project key of the one it is of; of all when absent
 */
export function readDeviations(
  db: Sqlite,
  pattern: PatternId,
  project?: string,
): readonly IdiomDeviation[] {
  const rows = db.query<[string, string | null], { places: string }>(
    `SELECT d.places FROM records r JOIN deviations d ON d.event = r.event
     JOIN projects p ON p.id = r.project
     WHERE r.type = 'idioms' AND d.pattern = ?1 AND p.forgotten = 0 AND p.key = coalesce(?2, p.key) ORDER BY p.key`,
  );
  return [...rows.each(pattern, project ?? null)].flatMap(
    ({ places }) => JSON.parse(places) as readonly IdiomDeviation[],
  );
}

/** Those of them that no person dismissed. */
export function shownDeviations(db: Sqlite, pattern: PatternId): readonly IdiomDeviation[] {
  const dismissed = new Set(
    db
      .prepare<[string], [string]>('SELECT mark FROM dismissals WHERE pattern = ?')
      .all(pattern)
      .map(([mark]) => mark),
  );
  return readDeviations(db, pattern).filter(({ mark }) => !dismissed.has(mark));
}
