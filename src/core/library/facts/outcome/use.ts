import { USE_KINDS } from '../../../model/api/curate.ts';
import type { UseEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole } from '../kind.ts';
import { distinctName, personOrName } from '../textFields.ts';

export const use = defineFact<UseEvent>({
  type: 'use',
  fields: {
    pattern: f.patternId,
    use: f.oneOf(USE_KINDS),
    session: f.nullable(distinctName),
    by: personOrName,
  },
  tables: `
    -- Patterns put to work, each time by the id of its event.
    CREATE TABLE uses (
      event TEXT PRIMARY KEY,
      pattern TEXT NOT NULL,
      -- inserted, copied, chat
      use TEXT NOT NULL,
      session TEXT,
      used_by TEXT NOT NULL,
      at INTEGER NOT NULL
    );
    CREATE INDEX uses_by_pattern ON uses (pattern);`,
  // Each stands for itself and stays.
  cells: (event) => cell(event.type, event.id),
  withoutPurged: keepWhole,
  apply({ pattern, use: how, session, by, at, id }, { db, dirty }) {
    db.prepare<[string, string, string, string | null, string, number]>(
      `INSERT OR IGNORE INTO uses (event, pattern, use, session, used_by, at)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(id, pattern, how, session, by, at);
    dirty.add(pattern);
  },
  dump: ['SELECT pattern, use, used_by, session, at, event FROM uses'],
});
