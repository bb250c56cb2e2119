import type { RatingEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, type Order } from '../kind.ts';
import { distinctName, personOrName } from '../textFields.ts';

export const rating = defineFact<RatingEvent>({
  type: 'rating',
  fields: {
    pattern: f.patternId,
    rating: f.oneOf([1, 2, 3, 4, 5, null]),
    session: f.nullable(distinctName),
    task: f.nullable(distinctName),
    by: personOrName,
    version: f.optional(f.digest),
  },
  tables: `
    -- Every rating and every withdrawal of one.
    CREATE TABLE ratings (
      id INTEGER PRIMARY KEY,
      pattern TEXT NOT NULL,
      -- Empty without one.
      session TEXT NOT NULL,
      task TEXT NOT NULL,
      -- 1 to 5, NULL where the event takes back what the person said before.
      rating INTEGER,
      rated_by TEXT NOT NULL,
      -- What the pattern was; NULL where that was not noted.
      version TEXT,
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      -- 1 where it counts; follows from the others, see 'ratingsInForce'.
      in_force INTEGER NOT NULL DEFAULT 0,
      -- The id alone is unique; the pattern before it serves to find them.
      UNIQUE (pattern, event)
    );`,
  // Each stays, replaced and withdrawn ones too: a pattern tells who said what, and when.
  cells: (event) => cell(event.type, event.id),
  withoutPurged: keepWhole,
  apply({ pattern, session, task, rating: given, by, version, at, rev, id }, { db, dirty }) {
    db.prepare<(string | number | null)[]>(
      `INSERT OR IGNORE INTO ratings (pattern, session, task, rating, rated_by, version, at, rev, event)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(pattern, session ?? '', task ?? '', given, by, version ?? null, at, rev, id);
    dirty.add(pattern);
  },
  dump: [
    'SELECT pattern, session, task, rating, rated_by, version, at, rev, event, in_force FROM ratings',
  ],
  *recall({ db }) {
    type Row = Required<Order> &
      Pick<RatingEvent, 'pattern' | 'session' | 'task' | 'rating' | 'by'> & {
        readonly named: string | null;
      };
    const rows = db.query<[], Row>(
      `SELECT pattern, nullif(session, '') AS session, nullif(task, '') AS task, rating,
         rated_by AS by, version AS named, at, rev, event AS id FROM ratings`,
    );
    for (const { id, rev, at, named, ...said } of rows.each()) {
      const version = named === null ? {} : { version: named };
      yield { body: { type: 'rating', ...said, ...version }, order: { id, rev, at } };
    }
  },
});
