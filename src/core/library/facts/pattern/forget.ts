import type { ForgetEvent, Recorded, RestoreEvent, Subject } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell, type Cell } from '../fold.ts';
import { defineFact, keepWhole, WHERE_NEWER, type FactTables, type Order } from '../kind.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';
import type { PurgeNotes } from '../purge.ts';

/** A pattern or a project. */
const subject: f.Field = {
  holds: (value) =>
    f.isObject(value) && (f.text.holds(value['pattern']) || f.text.holds(value['project'])),
  replaceTexts: f.object<{ pattern: string; project: string }>({
    pattern: f.patternId,
    project: f.projectKey,
  }).replaceTexts,
};

export const forget = defineFact<ForgetEvent>({
  type: 'forget',
  fields: { subject, purge: f.flag },
  tables: `
    CREATE TABLE forgets (
      pattern TEXT PRIMARY KEY,
      forgotten INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );
    -- Whether the text of a pattern, or of all that a key of a project names, must be nowhere on
    -- disk. Apart from the forgetting itself, because it takes a restore to end a purge.
    CREATE TABLE purges (
      subject TEXT PRIMARY KEY,
      purged INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL
    );`,
  cells: standingCells,
  withoutPurged: keepWhole,
  notePurge,
  apply,
  dump: ['SELECT * FROM forgets', 'SELECT * FROM purges'],
  *recall({ db }) {
    for (const row of standings(db, 1)) {
      yield {
        body: { type: 'forget', subject: subjectOf(row), purge: row.purges === 1 },
        order: orderOf(row),
      };
    }
  },
});

export const restore = defineFact<RestoreEvent>({
  type: 'restore',
  fields: { subject },
  cells: standingCells,
  withoutPurged: keepWhole,
  notePurge,
  apply,
  dump: [],
  *recall({ db }) {
    for (const row of standings(db, 0)) {
      yield { body: { type: 'restore', subject: subjectOf(row) }, order: orderOf(row) };
    }
  },
});

type Standing = Recorded<ForgetEvent> | Recorded<RestoreEvent>;

/** Whether an event asks for a purge or takes one back; a mere `forget` leaves a purge as it is. */
function isOnPurge(event: Standing): boolean {
  return event.type === 'restore' || event.purge;
}

/**
 * Both share the cell of their subject, and a second one that a `forget` without `purge` does not
 * enter: whether the subject is forgotten, and whether its text must go too.
 */
function standingCells(event: Standing): readonly Cell[] {
  const key = subjectKey(event.subject);
  return [...cell('forgotten', ...key), ...(isOnPurge(event) ? cell('purged', ...key) : [])];
}

function subjectKey(of: Subject): readonly [string, string] {
  return 'pattern' in of ? ['pattern', of.pattern] : ['project', of.project];
}

function notePurge(event: Standing, notes: PurgeNotes): void {
  const last = { rev: event.rev, id: event.id, forgotten: event.type === 'forget' };
  notes.standing(event.subject, { last, lastOnPurge: isOnPurge(event) ? last : undefined });
}

function apply(event: Standing, { db, dirty, projects }: FactTables): void {
  const forgotten = event.type === 'forget' ? 1 : 0;
  const { rev, id } = event;
  if (isOnPurge(event)) {
    const [, named] = subjectKey(event.subject);
    db.prepare<[string, number, number, string]>(
      `INSERT INTO purges (subject, purged, rev, event) VALUES (?, ?, ?, ?)
       ON CONFLICT (subject) DO UPDATE SET purged = excluded.purged,
         rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(named, forgotten, rev, id);
  }
  if ('project' in event.subject) {
    projects.forget(event.subject.project, { forgotten, rev, event: id });
    return;
  }
  const { pattern } = event.subject;
  db.prepare<[string, number, number, string]>(
    `INSERT INTO forgets (pattern, forgotten, rev, event) VALUES (?, ?, ?, ?)
     ON CONFLICT (pattern) DO UPDATE SET forgotten = excluded.forgotten,
       rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
  ).run(pattern, forgotten, rev, id);
  dirty.add(pattern);
}

interface StandingRow {
  readonly subject: string;
  /** 1 for a project. */
  readonly project: number;
  /** 1 where the event asks for a purge or takes one back. */
  readonly purges: number;
  readonly rev: number;
  readonly id: string;
}

/** @param forgotten 1 for what says that a subject is forgotten, 0 for what takes it back */
function standings(db: Sqlite, forgotten: number): Iterable<StandingRow> {
  return db
    .query<[number], StandingRow>(
      // Columns beside the one max come from its row: purges name the key that was given.
      `SELECT subject, project, max(purges) AS purges, rev, id FROM (
         SELECT pattern AS subject, 0 AS project, 0 AS purges, forgotten, rev, event AS id
         FROM forgets
         UNION ALL SELECT key, 1, 0, forgotten, forget_rev, forget_event
         FROM projects WHERE forget_event <> ''
         UNION ALL SELECT u.subject, k.key IS NOT NULL, 1, u.purged, u.rev, u.event
         FROM purges u LEFT JOIN project_keys k ON k.key = u.subject)
       WHERE forgotten = ? GROUP BY rev, id`,
    )
    .each(forgotten);
}

function subjectOf({ subject: named, project }: StandingRow): Subject {
  return project === 1 ? { project: named } : { pattern: named };
}

function orderOf({ rev, id }: StandingRow): Order {
  return { rev, id };
}
