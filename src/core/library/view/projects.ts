import type { ProjectEvent, Recorded } from '../../model/event.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Dirty } from './dirty.ts';
import type { Rank } from './resolution.ts';
import { demoteTexts } from './texts.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** Projects of the view: keys that any `project` event lists together name one project. */
export interface Projects {
  /** Row of the project a key belongs to, made when the key is met for the first time. */
  idOf(key: ProjectKey): number;
  /** Names a project and joins its keys. */
  name(event: Recorded<ProjectEvent>): void;
  /** @param said 1 to forget the project, 0 to take it back */
  forget(key: ProjectKey, said: Rank & { readonly forgotten: number }): void;
}

/** Kinds of keys, the one that stands for a project first. */
const KEY_KINDS = ['git:', 'remote:', 'dir:'];

export function createProjects(db: Sqlite, dirty: Dirty): Projects {
  const find = db.prepare<[string], [number]>('SELECT project FROM project_keys WHERE key = ?');
  const insert = db.prepare<[string], [number]>(
    'INSERT INTO projects (key) VALUES (?) RETURNING id',
  );
  const addKey = db.prepare<[string, number]>(
    'INSERT INTO project_keys (key, project) VALUES (?, ?)',
  );
  const keyOf = db.prepare<[number], [string]>('SELECT key FROM projects WHERE id = ?');
  const nameProject = db.prepare<[string, string | null, number, string, number, number, string]>(
    `UPDATE projects SET name = ?, parent = ?, name_rev = ?, name_event = ?
     WHERE id = ? AND (name_rev, name_event) < (?, ?)`,
  );
  const forget = db.prepare<[number, number, string, number, number, string]>(
    `UPDATE projects SET forgotten = ?, forget_rev = ?, forget_event = ?
     WHERE id = ? AND (forget_rev, forget_event) < (?, ?)`,
  );

  function idOf(key: ProjectKey): number {
    const known = find.get(key)?.[0];
    if (known !== undefined) return known;
    const id = insert.get(key)?.[0] ?? 0;
    addKey.run(key, id);
    return id;
  }

  return {
    idOf,
    name(event) {
      const ids = new Set([event.project, ...event.aliases].map(idOf));
      const [id = 0] = [...ids].sort((a, b) =>
        compareKeys(keyOf.get(a)?.[0] ?? '', keyOf.get(b)?.[0] ?? ''),
      );
      for (const other of ids) {
        if (other !== id) mergeProjects(db, dirty, { from: other, into: id });
      }
      const { name, parent = null, rev, id: said } = event;
      nameProject.run(name, parent, rev, said, id, rev, said);
      // Kept texts of older versions know their project by its name.
      dirty.addKept();
    },
    forget(key, { forgotten, rev, event }) {
      const id = idOf(key);
      forget.run(forgotten, rev, event, id, rev, event);
      dirty.addProject(id);
      dirty.addKept();
    },
  };
}

/** The key that stands for a project comes first. */
function compareKeys(a: ProjectKey, b: ProjectKey): number {
  const kindOf = (key: string): number => KEY_KINDS.findIndex((kind) => key.startsWith(kind));
  if (kindOf(a) !== kindOf(b)) return kindOf(a) - kindOf(b);
  return a < b ? -1 : 1;
}

/** Facts of one subject in both projects compete as they would have, had they met there first. */
function mergeProjects(
  db: Sqlite,
  dirty: Dirty,
  { from, into }: { readonly from: number; readonly into: number },
): void {
  const lost = db
    .prepare<[number, number], [number, number, number]>(
      `SELECT a.id, b.id, (a.rev, a.event) < (b.rev, b.event)
       FROM records a JOIN records b ON b.type = a.type AND b.subject = a.subject
       WHERE a.project = ? AND b.project = ?`,
    )
    .all(from, into);
  for (const [a, b, aLost] of lost) {
    const loser = aLost === 1 ? a : b;
    demoteTexts(db, dirty, loser);
    db.prepare<[number]>('DELETE FROM records WHERE id = ?').run(loser);
  }
  for (const table of ['records', 'texts', 'project_keys']) {
    db.prepare<[number, number]>(`UPDATE ${table} SET project = ? WHERE project = ?`).run(
      into,
      from,
    );
  }
  moveFacts(db, 'last_changes', 'path', { from, into });
  moveFacts(db, 'measures', 'pattern', { from, into });
  moveFacts(db, 'reverts', 'commit_hash', { from, into });
  moveFacts(db, 'histories', 'project', { from, into });
  db.prepare<[number, number]>(
    `UPDATE projects SET (name, parent, name_rev, name_event) =
       (SELECT name, parent, name_rev, name_event FROM projects WHERE id IN (?1, ?2)
        ORDER BY name_rev DESC, name_event DESC LIMIT 1),
       (forgotten, forget_rev, forget_event) =
       (SELECT forgotten, forget_rev, forget_event FROM projects WHERE id IN (?1, ?2)
        ORDER BY forget_rev DESC, forget_event DESC LIMIT 1)
     WHERE id = ?1`,
  ).run(into, from);
  db.prepare<[number]>('DELETE FROM projects WHERE id = ?').run(from);
  dirty.addProject(into);
  dirty.touchDates(into);
}

/** Moves rows whose subject is project and `column`; of two for one subject the newer one stays. */
function moveFacts(
  db: Sqlite,
  table: string,
  column: string,
  { from, into }: { readonly from: number; readonly into: number },
): void {
  const same = column === 'project' ? '1' : `b.${column} = a.${column}`;
  const older = (loser: number, winner: number): void => {
    db.prepare<[number, number]>(
      `DELETE FROM ${table} AS a WHERE project = ?1 AND EXISTS
         (SELECT 1 FROM ${table} b WHERE b.project = ?2 AND ${same}
          AND (b.rev, b.event) > (a.rev, a.event))`,
    ).run(loser, winner);
  };
  older(from, into);
  older(into, from);
  db.prepare<[number, number]>(`UPDATE ${table} SET project = ? WHERE project = ?`).run(into, from);
}
