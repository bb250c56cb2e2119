import type { EditEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, WHERE_NEWER, type Order } from '../kind.ts';

const EDITED = ['name', 'description', 'tags'] as const;

export const edit = defineFact<EditEvent>({
  type: 'edit',
  fields: {
    pattern: f.patternId,
    name: f.optional(f.text),
    description: f.optional(f.text),
    tags: f.optional(f.list(f.text)),
  },
  tables: `
    CREATE TABLE edits (
      pattern TEXT NOT NULL,
      -- name, description, tags
      field TEXT NOT NULL,
      value TEXT NOT NULL,
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (pattern, field)
    );`,
  // The last one of each field by itself, so an event may win one and lose another.
  cells: (event) =>
    EDITED.filter((field) => event[field] !== undefined).flatMap((field) =>
      cell(event.type, event.pattern, field),
    ),
  withoutPurged: (body, { patterns, keptPatterns }) =>
    patterns.has(body.pattern) || keptPatterns.has(body.pattern) ? undefined : body,
  apply(event, { db, dirty }) {
    const put = db.prepare<[string, string, string, number, number, string]>(
      `INSERT INTO edits (pattern, field, value, at, rev, event) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (pattern, field) DO UPDATE SET value = excluded.value, at = excluded.at,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    );
    for (const field of EDITED) {
      const value = event[field];
      if (value === undefined) continue;
      const stored = typeof value === 'string' ? value : JSON.stringify(value);
      put.run(event.pattern, field, stored, event.at, event.rev, event.id);
    }
    dirty.add(event.pattern);
  },
  dump: ['SELECT * FROM edits'],
  *recall({ db }) {
    type Row = Required<Order> & { pattern: string; fields: string };
    const rows = db.query<[], Row>(
      `SELECT pattern, json_group_object(field, value) AS fields, at, rev, event AS id
       FROM edits GROUP BY pattern, event`,
    );
    for (const { pattern, fields, ...order } of rows.each()) {
      const { tags, ...texts } = JSON.parse(fields) as Record<string, string>;
      const read = tags === undefined ? {} : { tags: JSON.parse(tags) as readonly string[] };
      yield { body: { type: 'edit', pattern, ...texts, ...read }, order };
    }
  },
});
