import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** The shortest beginning of an id that may stand for it. */
const MIN_PREFIX = 4;
const ID_LENGTH = 16;
/** As many candidates as an error names. */
const MAX_NAMED = 5;

/**
 * The id in force for an id or a unique beginning of one.
 *
 * @throws AppError `bad-argument` when ids in force share the beginning
 */
export function resolveId(db: Sqlite, idOrPrefix: string): PatternId | undefined {
  const prefix = idOrPrefix.trim().toLowerCase();
  if (!/^[0-9a-f]+$/.test(prefix) || prefix.length < MIN_PREFIX) return undefined;
  if (prefix.length >= ID_LENGTH) return targetOf(db, prefix);
  const targets = db
    .prepare<[string, string], [string]>(
      `SELECT DISTINCT s.target FROM standings s JOIN standings t ON t.uid = s.target
       WHERE s.uid >= ? AND s.uid < ? AND t.text IS NOT NULL ORDER BY s.target`,
    )
    .all(prefix, `${prefix}g`)
    .map(([target]) => target);
  if (targets.length <= 1) return targets[0];
  const named = targets.slice(0, MAX_NAMED).join(', ');
  const more = targets.length - MAX_NAMED;
  throw new AppError(
    'bad-argument',
    more > 0
      ? localized`${prefix} is the beginning of ${named} and ${more} more`
      : localized`${prefix} is the beginning of ${named}`,
  );
}

function targetOf(db: Sqlite, id: string): PatternId | undefined {
  return db
    .prepare<[string], [string]>(
      `SELECT t.uid FROM standings s JOIN standings t ON t.uid = s.target
       WHERE s.uid = ? AND t.text IS NOT NULL`,
    )
    .get(id)?.[0];
}

/** Also of what has no text any more. */
export function isForgottenId(db: Sqlite, id: PatternId): boolean {
  const sql = 'SELECT forgotten FROM forgets WHERE pattern = ?';
  return db.prepare<[string], [number]>(sql).get(id)?.[0] === 1;
}
