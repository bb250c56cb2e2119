import fs from 'node:fs';
import { join } from 'node:path';

import type { LibraryStats } from '../../model/ports/libraryUpkeep.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { readProjectNames } from './projectNames.ts';

/** Counts of the view; sizes on disk come from elsewhere. */
export function viewStats(
  db: Sqlite,
): Omit<LibraryStats, 'vectors' | 'journalBytes' | 'derivedBytes'> {
  const count = (sql: string): number => db.prepare<[], [number]>(sql).get()?.[0] ?? 0;
  const states = db
    .prepare<[], [string, number]>(
      `SELECT state, count(*) FROM standings WHERE text IS NOT NULL GROUP BY 1 ORDER BY 1`,
    )
    .all();
  return {
    patterns: countBy(db, 'kind'),
    languages: countBy(db, 'language'),
    projects: projectStats(db),
    states: Object.fromEntries(states),
    variants: count('SELECT count(*) FROM standings WHERE is_variant = 1'),
    ratings: count('SELECT count(*) FROM ratings WHERE in_force = 1'),
    impressions: count(
      `SELECT (SELECT coalesce(sum(count), 0) FROM impressions)
         + (SELECT count(*) FROM showings WHERE pattern IS NOT NULL AND held = 0)`,
    ),
    uses: count(`SELECT count(DISTINCT impression) FROM outcomes
      WHERE kind = 'accepted' AND pattern IS NOT NULL`),
  };
}

function countBy(db: Sqlite, column: 'kind' | 'language'): Readonly<Record<string, number>> {
  return Object.fromEntries(
    db
      .prepare<[], [string, number]>(
        `SELECT ${column}, count(*) FROM standings
         WHERE state = 'live' AND ${column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
      )
      .all(),
  );
}

/** Those that have files or patterns: of others no more than their sessions may be known. */
function projectStats(db: Sqlite): LibraryStats['projects'] {
  const names = readProjectNames(db);
  return db
    .prepare<[], [string, number, number]>(
      `SELECT p.key,
         count(DISTINCT CASE WHEN r.type = 'file' AND r.content_hash IS NOT NULL THEN r.id END),
         count(DISTINCT CASE WHEN target.state = 'live' THEN target.id END)
       FROM projects p
       LEFT JOIN records r ON r.project = p.id
       LEFT JOIN texts t ON t.record = r.id
       LEFT JOIN standings s ON s.uid = t.pattern
       LEFT JOIN standings target ON target.uid = s.target
       WHERE p.forgotten = 0
       GROUP BY p.id ORDER BY 3 DESC, coalesce(p.name, p.key), p.key`,
    )
    .all()
    .filter(([, files, patterns]) => files + patterns > 0)
    .map(([key, files, patterns]) => ({ key, name: names.titleOf(key) ?? key, files, patterns }));
}

/** Bytes of the files in a folder, those below it left out; 0 without the folder. */
export function folderBytes(folder: string): number {
  try {
    return fs
      .readdirSync(folder)
      .map((name) => fs.statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
      .reduce((sum, size) => sum + size, 0);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return 0;
  }
}
