import type { EventBody, FileEvent } from '../../model/event.ts';
import { FACTS } from '../facts/all.ts';
import { isNothingPurged, type Purged, type Standing } from '../facts/purge.ts';
import { TEXT_PLACE, type RowsAndTexts, type TextPlace } from '../texts/longTexts.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/**
 * Takes the text of what is purged out of bodies that are about to be recorded, so that code that
 * is met again does not bring it back to the disk. Bodies of which nothing is left are left out,
 * and so are files of which the same was left before.
 */
export function withoutPurged(
  view: RowsAndTexts,
  bodies: readonly EventBody[],
): readonly EventBody[] {
  const purged = purgedIn(view.db);
  if (isNothingPurged(purged)) return bodies;
  return bodies.flatMap((body) => {
    const reduced = FACTS.withoutPurged(body, purged);
    if (reduced === undefined) return [];
    const isKnown = reduced !== body && reduced.type === 'file' && isRecorded(view, reduced);
    return isKnown ? [] : [reduced];
  });
}

interface StandingRow {
  readonly subject: string;
  readonly forgotten: number;
  readonly rev: number;
  readonly event: string;
  readonly purged: number;
  readonly purgeRev: number;
  readonly purgeEvent: string;
}

/**
 * What is purged by the facts of the view. Kept text of a purged project cannot be recorded, as its
 * patterns cannot be rated or edited, so the view need not tell of it.
 */
export function purgedIn(db: Sqlite): Purged {
  const requests = FACTS.createPurgeRequests();
  const columns = 'u.purged, u.rev AS purgeRev, u.event AS purgeEvent';
  const patterns = db.query<[], StandingRow>(
    `SELECT f.pattern AS subject, f.forgotten, f.rev, f.event, ${columns}
     FROM forgets f JOIN purges u ON u.subject = f.pattern`,
  );
  for (const row of patterns.each()) requests.standing({ pattern: row.subject }, toStanding(row));
  const projects = db.query<[], StandingRow>(
    `SELECT k.key AS subject, p.forgotten, p.forget_rev AS rev, p.forget_event AS event, ${columns}
     FROM purges u JOIN project_keys k ON k.key = u.subject JOIN projects p ON p.id = k.project`,
  );
  for (const row of projects.each()) requests.standing({ project: row.subject }, toStanding(row));
  const keys = db.prepare<[], [string, string]>(
    'SELECT p.key, k.key FROM project_keys k JOIN projects p ON p.id = k.project AND p.key <> k.key',
  );
  for (const pair of keys.each()) requests.sameProject(pair);
  return requests.inForce();
}

function toStanding(row: StandingRow): Standing {
  const { forgotten, rev, event: id, purged, purgeRev, purgeEvent } = row;
  return {
    last: { rev, id, forgotten: forgotten === 1 },
    lastOnPurge: { rev: purgeRev, id: purgeEvent, forgotten: purged === 1 },
  };
}

/** Whether the record of a file holds just these fragments. */
function isRecorded(
  { db, texts }: RowsAndTexts,
  { project, path, contentHash, fragments }: FileEvent,
): boolean {
  const record = db
    .prepare<[string, string, string | null], [number]>(
      `SELECT r.id FROM records r JOIN project_keys k ON k.project = r.project
       WHERE k.key = ? AND r.type = 'file' AND r.subject = ? AND r.content_hash IS ?`,
    )
    .get(project, path, contentHash)?.[0];
  if (record === undefined) return false;
  const held = db.query<[number], HeldFragment>(
    `SELECT t.pattern AS id, t.qualified_name AS qualifiedName, t.kept, t.start_line AS startLine,
       t.start_character AS startCharacter, t.end_line AS endLine, t.end_character AS endCharacter,
       t.framework, t.name, t.description, t.tags, t.signature, ${TEXT_PLACE}
     FROM texts t WHERE t.record = ? ORDER BY t.position`,
  );
  const wanted = fragments.map(({ range: { start, end }, ...text }) => [
    ...[text.id, text.qualifiedName, Number(text.kept)],
    ...[start.line, start.character, end.line, end.character],
    ...[text.framework, text.name, text.description, JSON.stringify(text.tags)],
    ...[text.signature, text.code],
  ]);
  const found = [...held.each(record)].map((row) => [
    ...[row.id, row.qualifiedName, row.kept],
    ...[row.startLine, row.startCharacter, row.endLine, row.endCharacter],
    ...[row.framework, row.name, row.description, row.tags],
    ...[row.signature, texts.read(row).code],
  ]);
  return JSON.stringify(found) === JSON.stringify(wanted);
}

interface HeldFragment extends TextPlace {
  readonly id: string;
  readonly qualifiedName: string | null;
  readonly kept: number;
  readonly startLine: number | null;
  readonly startCharacter: number | null;
  readonly endLine: number | null;
  readonly endCharacter: number | null;
  readonly framework: string | null;
  readonly name: string;
  readonly description: string;
  readonly tags: string;
  readonly signature: string | null;
}
