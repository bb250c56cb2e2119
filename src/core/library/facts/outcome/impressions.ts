import type { ImpressionsEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { defineFact, keepWhole } from '../kind.ts';
import { lookCell } from './shown.ts';

/** No process shows more in a day; a range that pretends to is of no use to anybody. */
const MOST_FOLDED = 100_000;

const range = f.object<NonNullable<ImpressionsEvent['folds']>>({ first: f.count, last: f.count });

const folds: f.Field = {
  holds(value) {
    if (!range.holds(value)) return false;
    const { first, last } = value as NonNullable<ImpressionsEvent['folds']>;
    return first <= last && last - first < MOST_FOLDED;
  },
};

export const impressions = defineFact<ImpressionsEvent>({
  type: 'impressions',
  fields: {
    writer: f.randomId,
    day: f.dateText,
    counts: f.numbersByName,
    folds: f.optional(folds),
  },
  tables: `
    CREATE TABLE impressions (
      pattern TEXT NOT NULL,
      writer TEXT NOT NULL,
      day TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (pattern, writer, day)
    );`,
  // The highest count of a pattern by one writer on one day, and the looks that are in it.
  cells: ({ type, writer, day, counts, folds: folded }) => [
    ...Object.entries(counts).map(([pattern, count]) => ({
      key: JSON.stringify([type, writer, day, pattern]),
      weight: count,
    })),
    ...numbersOf(folded).map((number) => ({ key: lookCell(writer, number), weight: 1 })),
  ],
  withoutPurged: keepWhole,
  apply({ writer, day, counts, folds: folded }, { db, dirty }) {
    const put = db.prepare<[string, string, string, number]>(
      `INSERT INTO impressions (pattern, writer, day, count) VALUES (?, ?, ?, ?)
       ON CONFLICT (pattern, writer, day) DO UPDATE SET count = max(count, excluded.count)`,
    );
    for (const [pattern, count] of Object.entries(counts)) {
      put.run(pattern, writer, day, count);
      dirty.add(pattern);
    }
    if (folded === undefined) return;
    const { first, last } = folded;
    db.prepare<[string, number, number]>(
      'INSERT OR IGNORE INTO folded_showings (writer, first, last) VALUES (?, ?, ?)',
    ).run(writer, first, last);
    const gone = db.prepare<[string, number, number], [string | null]>(
      'DELETE FROM showings WHERE writer = ? AND look BETWEEN ? AND ? RETURNING pattern',
    );
    for (const [pattern] of gone.all(writer, first, last)) if (pattern !== null) dirty.add(pattern);
  },
  dump: ['SELECT * FROM impressions'],
  *recall({ db }) {
    const counts = db.query<[], { writer: string; day: string; counts: string }>(
      `SELECT writer, day, json_group_object(pattern, count) AS counts
       FROM impressions GROUP BY writer, day`,
    );
    for (const { counts: json, ...of } of counts.each()) {
      const byPattern = JSON.parse(json) as ImpressionsEvent['counts'];
      yield { body: { type: 'impressions', ...of, counts: byPattern } };
    }
    const looks = db.query<[], { writer: string; day: string; first: number; last: number }>(
      `SELECT f.writer, coalesce((SELECT min(day) FROM impressions i WHERE i.writer = f.writer),
         '1970-01-01') AS day, f.first, f.last FROM folded_showings f`,
    );
    for (const { first, last, ...of } of looks.each()) {
      yield { body: { type: 'impressions', ...of, counts: {}, folds: { first, last } } };
    }
  },
});

function numbersOf(folded: ImpressionsEvent['folds']): readonly number[] {
  if (folded === undefined) return [];
  const { first, last } = folded;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
