import type { VariantEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER, type Order } from '../kind.ts';

export const variant = defineFact<VariantEvent>({
  type: 'variant',
  fields: { pattern: f.patternId, of: f.patternId, cosine: f.number, overlap: f.number },
  tables: `
    CREATE TABLE variants (
      pattern TEXT PRIMARY KEY,
      joined TEXT NOT NULL,
      cosine REAL NOT NULL,
      overlap REAL NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );
    CREATE INDEX variants_by_joined ON variants (joined);`,
  // The last one of each pair.
  cells: (event) => cell(event.type, event.pattern, event.of),
  withoutPurged: keepWhole,
  apply({ pattern, of, cosine, overlap, rev, id }, { db, dirty }) {
    const before = db
      .prepare<[string], [string]>('SELECT joined FROM variants WHERE pattern = ?')
      .get(pattern)?.[0];
    db.prepare<[string, string, number, number, number, string]>(
      `INSERT INTO variants (pattern, joined, cosine, overlap, rev, event)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (pattern) DO UPDATE SET joined = excluded.joined, cosine = excluded.cosine,
         overlap = excluded.overlap, rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(pattern, of, cosine, overlap, rev, id);
    // What it led to before loses what it gave.
    for (const touched of [pattern, of, before]) if (touched !== undefined) dirty.add(touched);
  },
  dump: ['SELECT * FROM variants'],
  *recall({ db }) {
    const rows = db.query<[], Order & Omit<VariantEvent, 'type'>>(
      'SELECT pattern, joined AS "of", cosine, overlap, rev, event AS id FROM variants',
    );
    for (const { rev, id, ...said } of rows.each()) {
      yield { body: { type: 'variant', ...said }, order: { rev, id } };
    }
  },
});
