import { FACTS } from '../facts/all.ts';
import { TEXT_CONTENT } from '../texts/longTexts.ts';
import type { Sqlite, SqlValue } from '../../platform/sqlite.ts';

const STANDINGS = `
  SELECT s.uid, s.target, s.is_variant, s.state, s.source, s.kind, s.language, s.framework, s.name,
    s.description, s.tags, s.support, s.rating_count, s.success_count, s.avg_rating,
    s.success_weight, s.failure_weight, s.impressions, s.uses, s.value, s.value_signals, s.created_at, s.updated_at, ${TEXT_CONTENT}, t.signature,
    t.details
  FROM standings s LEFT JOIN texts t ON t.id = s.text`;

/** Compaction drops texts that no event in force holds, so only a view of all events has them. */
const LAST_TEXTS = `
  SELECT t.pattern, p.key, t.path, t.position, ${TEXT_CONTENT}, t.rev, t.event
  FROM texts t LEFT JOIN projects p ON p.id = t.project WHERE t.record IS NULL`;

/**
 * The meaning of a view as lines, equal for equal sets of events.
 *
 * @param inForce leaves out what compaction may have dropped
 */
export function* dumpView(db: Sqlite, inForce: boolean): Generator<string> {
  const standings = inForce ? `${STANDINGS} WHERE t.record IS NOT NULL` : STANDINGS;
  for (const sql of [...FACTS.dump, standings, ...(inForce ? [] : [LAST_TEXTS])]) {
    const lines = db
      .prepare<[], SqlValue[]>(sql)
      .all()
      .map((row) => JSON.stringify(row));
    yield* lines.sort();
  }
}
