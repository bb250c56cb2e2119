import type { UseEvent } from '../../../model/event.ts';
import { USE_KINDS } from '../../../model/outcomes/outcome.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, type Order } from '../kind.ts';
import { distinctName, personOrName } from '../textFields.ts';

/** Of older versions: stands among the outcomes as an impression that was accepted. */
export const use = defineFact<UseEvent>({
  type: 'use',
  fields: {
    pattern: f.patternId,
    use: f.oneOf(USE_KINDS),
    session: f.nullable(distinctName),
    by: personOrName,
  },
  // Each stands for itself and stays.
  cells: (event) => cell(event.type, event.id),
  withoutPurged: keepWhole,
  apply({ pattern, use: how, session, by, at, rev, id }, { db, dirty }) {
    db.prepare<[string, string, string, string | null, string, number, number]>(
      `INSERT OR IGNORE INTO outcomes (impression, kind, event, look, pattern, use, session,
         told_by, shown_at, at, rev, chance, held)
       VALUES (?1, 'accepted', ?1, ?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, 1, 0)`,
    ).run(id, pattern, how, session, by, at, rev);
    dirty.add(pattern);
  },
  dump: [],
  *recall({ db }) {
    type Row = Required<Order> & Pick<UseEvent, 'pattern' | 'use' | 'session' | 'by'>;
    const rows = db.query<[], Row>(
      `SELECT pattern, use, session, told_by AS by, at, rev, event AS id
       FROM outcomes WHERE impression = event AND surface IS NULL`,
    );
    for (const { id, rev, at, ...said } of rows.each()) {
      yield { body: { type: 'use', ...said }, order: { id, rev, at } };
    }
  },
});
