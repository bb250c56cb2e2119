import type { LastChangeEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, dropWithProject, WHERE_NEWER, type Order } from '../kind.ts';

export const lastChange = defineFact<LastChangeEvent>({
  type: 'lastChange',
  fields: {
    project: f.projectKey,
    path: f.text,
    commit: f.hash,
    author: f.text,
    dateSeconds: f.seconds,
  },
  tables: `
    CREATE TABLE last_changes (
      project INTEGER NOT NULL,
      path TEXT NOT NULL,
      commit_hash TEXT NOT NULL,
      author TEXT NOT NULL,
      date_seconds INTEGER,
      -- When it was recorded, in milliseconds since 1970.
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (project, path)
    );`,
  // The last one of a file.
  cells: (event) => cell(event.type, event.project, event.path),
  withoutPurged: dropWithProject,
  apply(event, { db, dirty, projects }) {
    const { path, commit, author, dateSeconds, at, rev, id } = event;
    const project = projects.idOf(event.project);
    db.prepare<[number, string, string, string, number | null, number, number, string]>(
      `INSERT INTO last_changes (project, path, commit_hash, author, date_seconds, at, rev, event)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (project, path) DO UPDATE SET commit_hash = excluded.commit_hash,
         author = excluded.author, date_seconds = excluded.date_seconds, at = excluded.at,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(project, path, commit, author, dateSeconds, at, rev, id);
    dirty.addFile(project, path);
    dirty.touchDates(project);
  },
  dump: [
    `SELECT p.key, l.path, l.commit_hash, l.author, l.date_seconds, l.rev, l.event
     FROM last_changes l JOIN projects p ON p.id = l.project`,
  ],
  *recall({ db }) {
    const rows = db.query<[], Required<Order> & Omit<LastChangeEvent, 'type'>>(
      `SELECT p.key AS project, l.path, l.commit_hash AS "commit", l.author,
         l.date_seconds AS dateSeconds, l.at, l.rev, l.event AS id
       FROM last_changes l JOIN projects p ON p.id = l.project`,
    );
    for (const { id, rev, at, ...said } of rows.each()) {
      yield { body: { type: 'lastChange', ...said }, order: { id, rev, at } };
    }
  },
});
