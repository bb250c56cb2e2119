import type { OutcomeEvent } from '../../../model/event.ts';
import { OUTCOMES, SURFACES, USE_KINDS } from '../../../model/outcomes/outcome.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, type Order } from '../kind.ts';
import { distinctName, personOrName } from '../textFields.ts';
import { withoutPurgedTask } from './purgedTask.ts';

export const outcome = defineFact<OutcomeEvent>({
  type: 'outcome',
  fields: {
    impression: f.object<OutcomeEvent['impression']>({
      id: f.randomId,
      look: f.randomId,
      pattern: f.nullable(f.patternId),
      version: f.nullable(f.digest),
      surface: f.nullable(f.oneOf(SURFACES)),
      project: f.nullable(f.projectKey),
      session: f.nullable(distinctName),
      task: f.nullable(f.text),
      at: f.number,
      chance: f.number,
      estimate: f.nullable(f.number),
      held: f.flag,
      arm: f.optional(f.nullable(f.arm)),
      tokens: f.optional(f.nullable(f.count)),
    }),
    kind: f.oneOf(OUTCOMES),
    share: f.nullable(f.number),
    use: f.nullable(f.oneOf(USE_KINDS)),
    by: personOrName,
  },
  tables: `
    -- What became of impressions, each with what was shown.
    CREATE TABLE outcomes (
      impression TEXT NOT NULL,
      kind TEXT NOT NULL,
      told_by TEXT NOT NULL,
      share REAL,
      -- inserted, copied, chat
      use TEXT,
      look TEXT NOT NULL,
      pattern TEXT,
      version TEXT,
      surface TEXT,
      project TEXT,
      session TEXT,
      task TEXT,
      shown_at INTEGER NOT NULL,
      chance REAL NOT NULL,
      estimate REAL,
      held INTEGER NOT NULL,
      arm TEXT,
      tokens INTEGER,
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (impression, kind, told_by)
    );
    CREATE INDEX outcomes_by_pattern ON outcomes (pattern);
    CREATE INDEX outcomes_by_look ON outcomes (look);`,
  cells: ({ type, impression: { id }, kind, by }) => cell(type, id, kind, by),
  withoutPurged(body, purged) {
    const impression = withoutPurgedTask(body.impression, purged, [body.impression.pattern]);
    return impression === body.impression ? body : { ...body, impression };
  },
  apply({ impression: shown, kind, share, use, by, at, rev, id }, { db, dirty }) {
    const known = db
      .prepare<[string, string, string, number, string], [number, string | null]>(
        `SELECT (rev, event) >= (?4, ?5), pattern FROM outcomes
         WHERE impression = ?1 AND kind = ?2 AND told_by = ?3`,
      )
      .get(shown.id, kind, by, rev, id);
    for (const pattern of [shown.pattern, known?.[1]]) {
      if (typeof pattern === 'string') dirty.add(pattern);
    }
    if (known?.[0] === 1) return;
    db.prepare<(string | number | null)[]>(
      'REPLACE INTO outcomes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ).run(
      ...[shown.id, kind, by, share, use, shown.look, shown.pattern, shown.version, shown.surface],
      ...[shown.project, shown.session, shown.task, shown.at, shown.chance, shown.estimate],
      ...[Number(shown.held), shown.arm ?? null, shown.tokens ?? null, at, rev, id],
    );
  },
  dump: ['SELECT * FROM outcomes'],
  *recall({ db }) {
    type Shown = OutcomeEvent['impression'];
    type Row = Required<Order> &
      Pick<OutcomeEvent, 'kind' | 'share' | 'use' | 'by'> &
      Omit<Shown, 'id' | 'at' | 'held'> & { impression: string; shownAt: number; isHeld: number };
    // Uses of older versions stand under the id of their own event, on no surface.
    const rows = db.query<[], Row>(
      `SELECT impression, kind, told_by AS by, share, use, look, pattern, version, surface, project,
         session, task, shown_at AS shownAt, chance, estimate, held AS isHeld, arm, tokens, at, rev,
         event AS id
       FROM outcomes WHERE impression <> event OR surface IS NOT NULL`,
    );
    for (const { id, rev, at, kind, share, use, by, ...row } of rows.each()) {
      const { impression, shownAt, isHeld, ...shown } = row;
      const told = { ...shown, id: impression, at: shownAt, held: isHeld === 1 };
      const body = { type: 'outcome', impression: told, kind, share, use, by } as const;
      yield { body, order: { id, rev, at } };
    }
  },
});
