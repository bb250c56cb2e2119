import type { IdiomDeviation } from '../../../model/code.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';

/** Places that do otherwise what an idiom does, dismissed ones included; none of forgotten projects. */
function readDeviations(db: Sqlite, pattern: PatternId): readonly IdiomDeviation[] {
  const rows = db.query<[string], { places: string }>(
    `SELECT d.places FROM records r JOIN deviations d ON d.event = r.event
     JOIN projects p ON p.id = r.project
     WHERE r.type = 'idioms' AND d.pattern = ? AND p.forgotten = 0 ORDER BY p.key`,
  );
  return [...rows.each(pattern)].flatMap(({ places }) => toDeviations(places));
}

/** Those that one event told of, whatever became of its project. */
export function recordedDeviations(
  db: Sqlite,
  event: string,
  pattern: PatternId,
): readonly IdiomDeviation[] {
  const rows = db.query<[string, string], { places: string }>(
    'SELECT places FROM deviations WHERE event = ? AND pattern = ?',
  );
  return [...rows.each(event, pattern)].flatMap(({ places }) => toDeviations(places));
}

function toDeviations(places: string): readonly IdiomDeviation[] {
  return JSON.parse(places) as readonly IdiomDeviation[];
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
