import type { AcceptEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole } from '../kind.ts';

export const accept = defineFact<AcceptEvent>({
  type: 'accept',
  fields: { pattern: f.patternId },
  tables: 'CREATE TABLE accepts (pattern TEXT PRIMARY KEY);',
  cells: (event) => cell(event.type, event.pattern),
  withoutPurged: keepWhole,
  apply({ pattern }, { db, dirty }) {
    db.prepare<[string]>('INSERT OR IGNORE INTO accepts (pattern) VALUES (?)').run(pattern);
    dirty.add(pattern);
  },
  dump: ['SELECT * FROM accepts'],
  *recall({ db }) {
    const rows = db.query<[], Pick<AcceptEvent, 'pattern'>>('SELECT pattern FROM accepts');
    for (const said of rows.each()) yield { body: { type: 'accept', ...said } };
  },
});
