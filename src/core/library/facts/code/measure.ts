import type { MeasureEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, dropWithProject, WHERE_NEWER, type Order } from '../kind.ts';

export const measure = defineFact<MeasureEvent>({
  type: 'measure',
  fields: { project: f.projectKey, pattern: f.patternId, uses: f.number, tests: f.number },
  tables: `
    CREATE TABLE measures (
      pattern TEXT NOT NULL,
      project INTEGER NOT NULL,
      mentions INTEGER NOT NULL,
      tests INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (pattern, project)
    );`,
  // The last one of a pattern in a project.
  cells: (event) => cell(event.type, event.project, event.pattern),
  withoutPurged: dropWithProject,
  apply({ project, pattern, uses: mentions, tests, rev, id }, { db, dirty, projects }) {
    db.prepare<[string, number, number, number, number, string]>(
      `INSERT INTO measures (pattern, project, mentions, tests, rev, event) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (pattern, project) DO UPDATE SET mentions = excluded.mentions, tests = excluded.tests,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(pattern, projects.idOf(project), mentions, tests, rev, id);
    dirty.add(pattern);
  },
  dump: [
    `SELECT m.pattern, p.key, m.mentions, m.tests, m.rev, m.event
     FROM measures m JOIN projects p ON p.id = m.project`,
  ],
  *recall({ db }) {
    const rows = db.query<[], Order & Omit<MeasureEvent, 'type'>>(
      `SELECT p.key AS project, m.pattern, m.mentions AS uses, m.tests, m.rev, m.event AS id
       FROM measures m JOIN projects p ON p.id = m.project`,
    );
    for (const { id, rev, ...said } of rows.each()) {
      yield { body: { type: 'measure', ...said }, order: { id, rev } };
    }
  },
});
