import type { EventBody, FileEvent, ProjectKey } from '../../model/event.ts';
import type { PatternId } from '../../model/pattern.ts';
import { isNothingPurged, reduceBody, type Purged } from '../facts/purge.ts';
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
    const reduced = reduceBody(body, purged);
    if (reduced === undefined) return [];
    const isKnown = reduced !== body && reduced.type === 'file' && isRecorded(db, reduced);
    return isKnown ? [] : [reduced];
  });
}

/** Kept text of a purged project cannot be recorded: its patterns cannot be rated or edited. */
function purgedIn(db: Sqlite): Purged {
  const patterns = db
    .prepare<[], [PatternId]>(
      `SELECT u.subject FROM purges u JOIN forgets f ON f.pattern = u.subject
       WHERE u.purged = 1 AND f.forgotten = 1`,
    )
    .all();
  const projects = db
    .prepare<[], [ProjectKey]>(
      `SELECT k.key FROM project_keys k JOIN projects p ON p.id = k.project AND p.forgotten = 1
       WHERE (SELECT u.purged FROM project_keys alias JOIN purges u ON u.subject = alias.key
              WHERE alias.project = p.id ORDER BY u.rev DESC, u.event DESC LIMIT 1) = 1`,
    )
    .all();
  return {
    patterns: new Set(patterns.map(([id]) => id)),
    projects: new Set(projects.map(([key]) => key)),
    projectNames: new Set(),
    keptPatterns: new Set(),
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
