import type { SuccessionEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER, type Order } from '../kind.ts';

export const succession = defineFact<SuccessionEvent>({
  type: 'succession',
  fields: { from: f.patternId, to: f.patternId },
  tables: `
    CREATE TABLE successions (
      pattern TEXT PRIMARY KEY,
      successor TEXT NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );
    CREATE INDEX successions_by_successor ON successions (successor);`,
  // The last one of each pair.
  cells: (event) => cell(event.type, event.from, event.to),
  withoutPurged: keepWhole,
  apply({ from, to, rev, id }, { db, dirty }) {
    const before = db
      .prepare<[string], [string]>('SELECT successor FROM successions WHERE pattern = ?')
      .get(from)?.[0];
    db.prepare<[string, string, number, string]>(
      `INSERT INTO successions (pattern, successor, rev, event) VALUES (?, ?, ?, ?)
       ON CONFLICT (pattern) DO UPDATE SET successor = excluded.successor,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(from, to, rev, id);
    // What it led to before loses what it gave.
    for (const touched of [from, to, before]) if (touched !== undefined) dirty.add(touched);
  },
  dump: ['SELECT * FROM successions'],
  *recall({ db }) {
    const rows = db.query<[], Order & Pick<SuccessionEvent, 'from' | 'to'>>(
      'SELECT pattern AS "from", successor AS "to", rev, event AS id FROM successions',
    );
    for (const { from, to, ...order } of rows.each()) {
      yield { body: { type: 'succession', from, to }, order };
    }
  },
});
