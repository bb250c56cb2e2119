import type { DismissEvent } from '../../../model/dismissal.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole } from '../kind.ts';

export const dismiss = defineFact<DismissEvent>({
  type: 'dismiss',
  fields: { pattern: f.patternId, mark: f.digest },
  tables: 'CREATE TABLE dismissals (pattern TEXT, mark TEXT, PRIMARY KEY (pattern, mark));',
  cells: (event) => cell(event.type, event.pattern, event.mark),
  withoutPurged: keepWhole,
  apply({ pattern, mark }, { db, dirty }) {
    db.prepare<[string, string]>('INSERT OR IGNORE INTO dismissals VALUES (?, ?)').run(
      pattern,
      mark,
    );
    dirty.add(pattern);
  },
  dump: ['SELECT * FROM dismissals'],
  *recall({ db }) {
    const rows = db.query<[], Omit<DismissEvent, 'type'>>('SELECT pattern, mark FROM dismissals');
    for (const said of rows.each()) yield { body: { type: 'dismiss', ...said } };
  },
});
