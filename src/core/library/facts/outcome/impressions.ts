import type { ImpressionsEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { defineFact, keepWhole } from '../kind.ts';

export const impressions = defineFact<ImpressionsEvent>({
  type: 'impressions',
  fields: { writer: f.randomId, day: f.dateText, counts: f.countsByPattern },
  tables: `
    CREATE TABLE impressions (
      pattern TEXT NOT NULL,
      writer TEXT NOT NULL,
      day TEXT NOT NULL,
      count INTEGER NOT NULL,
      PRIMARY KEY (pattern, writer, day)
    );`,
  // The highest count of a pattern by one writer on one day.
  cells: ({ type, writer, day, counts }) =>
    Object.entries(counts).map(([pattern, count]) => ({
      key: JSON.stringify([type, writer, day, pattern]),
      weight: count,
    })),
  withoutPurged: keepWhole,
  apply({ writer, day, counts }, { db, dirty }) {
    const put = db.prepare<[string, string, string, number]>(
      `INSERT INTO impressions (pattern, writer, day, count) VALUES (?, ?, ?, ?)
       ON CONFLICT (pattern, writer, day) DO UPDATE SET count = max(count, excluded.count)`,
    );
    for (const [pattern, count] of Object.entries(counts)) {
      put.run(pattern, writer, day, count);
      dirty.add(pattern);
    }
  },
  dump: ['SELECT * FROM impressions'],
});
