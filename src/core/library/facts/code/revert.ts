import type { RevertEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, dropWithProject, WHERE_NEWER, type Order } from '../kind.ts';

export const revert = defineFact<RevertEvent>({
  type: 'revert',
  fields: { project: f.projectKey, commit: f.hash, reverts: f.list(f.hash) },
  tables: `
    CREATE TABLE reverts (
      project INTEGER NOT NULL,
      commit_hash TEXT NOT NULL,
      -- JSON array of the commits it undoes.
      undone TEXT NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (project, commit_hash)
    );`,
  // The last one of a commit.
  cells: (event) => cell(event.type, event.project, event.commit),
  withoutPurged: dropWithProject,
  apply({ project: key, commit, reverts, rev, id }, { db, dirty, projects }) {
    const project = projects.idOf(key);
    // What it undid before it was judged anew, and what it undoes now.
    dirty.addReverted(project);
    db.prepare<[number, string, string, number, string]>(
      `INSERT INTO reverts (project, commit_hash, undone, rev, event) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (project, commit_hash) DO UPDATE SET undone = excluded.undone,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(project, commit, JSON.stringify(reverts), rev, id);
    dirty.addReverted(project);
  },
  dump: [
    `SELECT p.key, x.commit_hash, x.undone, x.rev, x.event
     FROM reverts x JOIN projects p ON p.id = x.project`,
  ],
  *recall({ db }) {
    type Row = Order & Omit<RevertEvent, 'type' | 'reverts'> & { undone: string };
    const rows = db.query<[], Row>(
      `SELECT p.key AS project, x.commit_hash AS "commit", x.undone, x.rev, x.event AS id
       FROM reverts x JOIN projects p ON p.id = x.project`,
    );
    for (const { project, commit, undone, ...order } of rows.each()) {
      const reverts = JSON.parse(undone) as RevertEvent['reverts'];
      yield { body: { type: 'revert', project, commit, reverts }, order };
    }
  },
});
