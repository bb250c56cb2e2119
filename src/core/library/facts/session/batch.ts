import type { BatchEvent } from '../../../model/experience/recorded.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER } from '../kind.ts';

export const batch = defineFact<BatchEvent>({
  type: 'batch',
  fields: { sessions: f.list(f.digest), patterns: f.count, pruned: f.count },
  tables: `
    -- One row: the last look at all sessions together.
    CREATE TABLE batches (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      -- JSON array.
      sessions TEXT NOT NULL,
      patterns INTEGER NOT NULL,
      pruned INTEGER NOT NULL,
      -- Milliseconds since 1970.
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );`,
  cells: ({ type }) => cell(type),
  withoutPurged: keepWhole,
  apply({ sessions, patterns, pruned, at, rev, id: event }, { db }) {
    db.command<Row>(
      `INSERT INTO batches (one, sessions, patterns, pruned, at, rev, event)
       VALUES (1, :sessions, :patterns, :pruned, :at, :rev, :event)
       ON CONFLICT (one) DO UPDATE SET sessions = excluded.sessions, patterns = excluded.patterns,
         pruned = excluded.pruned, at = excluded.at, rev = excluded.rev, event = excluded.event
       ${WHERE_NEWER}`,
    )({ sessions: JSON.stringify(sessions), patterns, pruned, at, rev, event });
  },
  dump: ['SELECT * FROM batches'],
  *recall({ db }) {
    const rows = db.query<[], Row>(
      'SELECT sessions, patterns, pruned, at, rev, event FROM batches',
    );
    for (const { sessions, patterns, pruned, at, rev, event } of rows.each()) {
      const read = JSON.parse(sessions) as BatchEvent['sessions'];
      const body = { type: 'batch', sessions: read, patterns, pruned } as const;
      yield { body, order: { id: event, rev, at } };
    }
  },
});

interface Row {
  /** JSON array. */
  readonly sessions: string;
  readonly patterns: number;
  readonly pruned: number;
  readonly at: number;
  readonly rev: number;
  readonly event: string;
}
