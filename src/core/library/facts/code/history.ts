import type { HistoryEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, dropWithProject, WHERE_NEWER, type Order } from '../kind.ts';

export const history = defineFact<HistoryEvent>({
  type: 'history',
  fields: {
    project: f.projectKey,
    heads: f.list(f.hash),
    sinceSeconds: f.nullable(f.number),
    version: f.number,
  },
  tables: `
    CREATE TABLE histories (
      project INTEGER PRIMARY KEY,
      -- JSON array.
      heads TEXT NOT NULL,
      since_seconds INTEGER,
      version INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );`,
  // The last one of a project.
  cells: (event) => cell(event.type, event.project),
  withoutPurged: dropWithProject,
  apply({ project, heads, sinceSeconds, version, rev, id }, { db, projects }) {
    db.prepare<[number, string, number | null, number, number, string]>(
      `INSERT INTO histories (project, heads, since_seconds, version, rev, event)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (project) DO UPDATE SET heads = excluded.heads,
         since_seconds = excluded.since_seconds, version = excluded.version,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(projects.idOf(project), JSON.stringify(heads), sinceSeconds, version, rev, id);
  },
  dump: [
    `SELECT p.key, h.heads, h.since_seconds, h.version, h.rev, h.event
     FROM histories h JOIN projects p ON p.id = h.project`,
  ],
  *recall({ db }) {
    type Row = Order & Omit<HistoryEvent, 'type' | 'heads'> & { heads: string };
    const rows = db.query<[], Row>(
      `SELECT p.key AS project, h.heads, h.since_seconds AS sinceSeconds, h.version, h.rev,
         h.event AS id FROM histories h JOIN projects p ON p.id = h.project`,
    );
    for (const { id, rev, heads, ...said } of rows.each()) {
      const read = JSON.parse(heads) as HistoryEvent['heads'];
      yield { body: { type: 'history', ...said, heads: read }, order: { id, rev } };
    }
  },
});
