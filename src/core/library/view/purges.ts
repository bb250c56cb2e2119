import type { EventBody, FileEvent } from '../../model/event.ts';
import { FACTS } from '../facts/all.ts';
import { isNothingPurged, type Purged, type Standing } from '../facts/purge.ts';
import type { Sqlite, SqlValue } from './sqlite.ts';

/**
 * Takes the text of what is purged out of bodies that are about to be recorded, so that code that
 * is met again does not bring it back to the disk. Bodies of which nothing is left are left out,
 * and so are files of which the same was left before.
 */
export function withoutPurged(db: Sqlite, bodies: readonly EventBody[]): readonly EventBody[] {
  const purged = purgedIn(db);
  if (isNothingPurged(purged)) return bodies;
  return bodies.flatMap((body) => {
    const reduced = FACTS.withoutPurged(body, purged);
    if (reduced === undefined) return [];
    const isKnown = reduced !== body && reduced.type === 'file' && isRecorded(db, reduced);
    return isKnown ? [] : [reduced];
  });
}

type StandingRow = [
  subject: string,
  forgotten: number,
  rev: number,
  event: string,
  purged: number,
  purgeRev: number,
  purgeEvent: string,
];

/**
 * What is purged by the facts of the view. Kept text of a purged project cannot be recorded, as its
 * patterns cannot be rated or edited, so the view need not tell of it.
 */
export function purgedIn(db: Sqlite): Purged {
  const requests = FACTS.createPurgeRequests();
  const columns = 'u.purged, u.rev, u.event';
  const patterns = db.prepare<[], StandingRow>(
    `SELECT f.pattern, f.forgotten, f.rev, f.event, ${columns}
     FROM forgets f JOIN purges u ON u.subject = f.pattern`,
  );
  for (const row of patterns.each()) requests.standing({ pattern: row[0] }, toStanding(row));
  const projects = db.prepare<[], StandingRow>(
    `SELECT k.key, p.forgotten, p.forget_rev, p.forget_event, ${columns}
     FROM purges u JOIN project_keys k ON k.key = u.subject JOIN projects p ON p.id = k.project`,
  );
  for (const row of projects.each()) requests.standing({ project: row[0] }, toStanding(row));
  const keys = db.prepare<[], [string, string]>(
    'SELECT p.key, k.key FROM project_keys k JOIN projects p ON p.id = k.project AND p.key <> k.key',
  );
  for (const pair of keys.each()) requests.sameProject(pair);
  return requests.inForce();
}

function toStanding([, forgotten, rev, id, purged, purgeRev, purgeEvent]: StandingRow): Standing {
  return {
    last: { rev, id, forgotten: forgotten === 1 },
    lastOnPurge: { rev: purgeRev, id: purgeEvent, forgotten: purged === 1 },
  };
}

/** Whether the record of a file holds just these fragments. */
function isRecorded(db: Sqlite, { project, path, contentHash, fragments }: FileEvent): boolean {
  const record = db
    .prepare<[string, string, string | null], [number]>(
      `SELECT r.id FROM records r JOIN project_keys k ON k.project = r.project
       WHERE k.key = ? AND r.type = 'file' AND r.subject = ? AND r.content_hash IS ?`,
    )
    .get(project, path, contentHash)?.[0];
  if (record === undefined) return false;
  const held = db
    .prepare<[number], SqlValue[]>(
      `SELECT pattern, qualified_name, kept, start_line, start_character, end_line, end_character,
         framework, name, description, tags, signature, code
       FROM texts WHERE record = ? ORDER BY position`,
    )
    .all(record);
  const wanted = fragments.map(({ range: { start, end }, ...text }) => [
    ...[text.id, text.qualifiedName, Number(text.kept)],
    ...[start.line, start.character, end.line, end.character],
    ...[text.framework, text.name, text.description, JSON.stringify(text.tags)],
    ...[text.signature, text.code],
  ]);
  return JSON.stringify(held) === JSON.stringify(wanted);
}
