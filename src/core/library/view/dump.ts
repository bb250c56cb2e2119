import type { Sqlite, SqlValue } from './sqlite.ts';

/** Tables by their columns that mean something outside this one view: no row ids, no versions. */
const TABLES: readonly string[] = [
  `SELECT p.key, p.name, p.name_rev, p.forgotten, p.forget_rev, p.newest_quarter FROM projects p`,
  `SELECT k.key, p.key FROM project_keys k JOIN projects p ON p.id = k.project`,
  `SELECT r.type, p.key, r.subject, r.rev, r.event, r.at, r.content_hash, r.author, r.date_seconds,
     r.message, r.tests_changed, r.issues, r.pack, r.provenance
   FROM records r LEFT JOIN projects p ON p.id = r.project`,
  `SELECT t.pattern, r.event, t.position, t.origin, t.kept, t.start_line, t.end_line,
     t.qualified_name, t.name, t.code, t.code_before
   FROM texts t JOIN records r ON r.id = t.record`,
  'SELECT * FROM edits',
  'SELECT pattern, session, task, rating, rated_by, at, rev, event FROM ratings',
  'SELECT * FROM forgets',
  'SELECT * FROM purges',
  'SELECT * FROM accepts',
  'SELECT * FROM variants',
  'SELECT * FROM successions',
  'SELECT * FROM impressions',
  'SELECT pattern, use, used_by, session, at, event FROM uses',
  `SELECT p.key, l.path, l.commit_hash, l.author, l.date_seconds, l.rev, l.event
   FROM last_changes l JOIN projects p ON p.id = l.project`,
  `SELECT m.pattern, p.key, m.uses, m.tests, m.rev, m.event
   FROM measures m JOIN projects p ON p.id = m.project`,
  `SELECT p.key, h.heads, h.since_seconds, h.version, h.rev, h.event
   FROM histories h JOIN projects p ON p.id = h.project`,
];

const STANDINGS = `
  SELECT s.uid, s.target, s.is_variant, s.state, s.source, s.kind, s.language, s.framework, s.name,
    s.description, s.tags, s.support, s.usage_count, s.success_count, s.avg_rating, s.impressions,
    s.value, s.value_signals, s.created_at, s.updated_at, t.code, t.signature
  FROM standings s LEFT JOIN texts t ON t.id = s.text`;

/** Compaction drops texts that no event in force holds, so only a view of all events has them. */
const LAST_TEXTS = `
  SELECT t.pattern, p.key, t.path, t.position, t.code, t.rev, t.event
  FROM texts t LEFT JOIN projects p ON p.id = t.project WHERE t.record IS NULL`;

/**
 * The meaning of a view as lines, equal for equal sets of events.
 *
 * @param inForce leaves out what compaction may have dropped
 */
export function* dumpView(db: Sqlite, inForce: boolean): Generator<string> {
  const standings = inForce ? `${STANDINGS} WHERE t.record IS NOT NULL` : STANDINGS;
  for (const sql of [...TABLES, standings, ...(inForce ? [] : [LAST_TEXTS])]) {
    const lines = db
      .prepare<[], SqlValue[]>(sql)
      .all()
      .map((row) => JSON.stringify(row));
    yield* lines.sort();
  }
}
