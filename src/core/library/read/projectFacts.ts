import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { RecordedFile, RecordedHistory } from '../../model/ports/libraryProjects.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** The first of `keys` that is known, as the key the project is recorded under. */
export function projectKey(db: Sqlite, keys: readonly ProjectKey[]): ProjectKey | undefined {
  const statement = db.prepare<[string], [string]>(
    'SELECT p.key FROM project_keys k JOIN projects p ON p.id = k.project WHERE k.key = ?',
  );
  for (const key of keys) {
    const found = statement.get(key);
    if (found !== undefined) return found[0];
  }
  return undefined;
}

/** Whether it is known what tells a project from others of its name. */
export function isPlaced(db: Sqlite, project: ProjectKey): boolean {
  const sql = 'SELECT parent IS NOT NULL FROM projects WHERE id = ?';
  return db.prepare<[number], [number]>(sql).get(rowOf(db, project))?.[0] === 1;
}

export function isForgotten(db: Sqlite, project: ProjectKey): boolean {
  const sql = 'SELECT forgotten FROM projects WHERE id = ?';
  return db.prepare<[number], [number]>(sql).get(rowOf(db, project))?.[0] === 1;
}

/** @param within these files, and those in these folders, alone */
export function recordedFiles(
  db: Sqlite,
  project: ProjectKey,
  within?: readonly string[],
): ReadonlyMap<string, RecordedFile> {
  const row = rowOf(db, project);
  const files = new Map<string, ReadFile>();
  if (within === undefined) {
    takeFiles(files, db.prepare<[number], FileRow>(filesWhere('1')).each(row));
    return files;
  }
  // What begins with the name of a folder and a slash comes before its name and the sign after it.
  const isWithin = "(r.subject = ?2 OR (r.subject > ?2 || '/' AND r.subject < ?2 || '0'))";
  const statement = db.prepare<[number, string], FileRow>(filesWhere(isWithin));
  for (const path of within) takeFiles(files, statement.each(row, path));
  return files;
}

type FileRow = [path: string, contentHash: string, id: string | null, qualifiedName: string];

interface ReadFile {
  readonly contentHash: string;
  readonly fragments: { readonly id: PatternId; readonly qualifiedName: string }[];
}

function filesWhere(condition: string): string {
  return `SELECT r.subject, r.content_hash, t.pattern, t.qualified_name
    FROM records r LEFT JOIN texts t ON t.record = r.id
    WHERE r.project = ?1 AND r.type = 'file' AND r.content_hash IS NOT NULL AND ${condition}
    ORDER BY r.subject, t.position`;
}

function takeFiles(files: Map<string, ReadFile>, rows: Iterable<FileRow>): void {
  for (const [path, contentHash, id, qualifiedName] of rows) {
    let file = files.get(path);
    if (file === undefined) {
      file = { contentHash, fragments: [] };
      files.set(path, file);
    }
    if (id !== null) file.fragments.push({ id, qualifiedName });
  }
}

export function recordedHistory(db: Sqlite, project: ProjectKey): RecordedHistory | undefined {
  const row = db
    .prepare<[number], [string, number | null, number]>(
      'SELECT heads, since_seconds, version FROM histories WHERE project = ?',
    )
    .get(rowOf(db, project));
  if (row === undefined) return undefined;
  const [heads, sinceSeconds, version] = row;
  return { heads: JSON.parse(heads) as readonly string[], sinceSeconds, version };
}

export function recordedCommits(db: Sqlite, project: ProjectKey): ReadonlySet<string> {
  const rows = db
    .prepare<[number], [string]>(
      `SELECT subject FROM records r WHERE project = ? AND type = 'commit'
       AND EXISTS (SELECT 1 FROM texts t WHERE t.record = r.id)`,
    )
    .all(rowOf(db, project));
  return new Set(rows.map(([commit]) => commit));
}

/** Commits recorded to undo others. */
export function recordedReverts(db: Sqlite, project: ProjectKey): ReadonlySet<string> {
  const rows = db
    .prepare<[number], [string]>(
      "SELECT commit_hash FROM reverts WHERE project = ? AND undone <> '[]'",
    )
    .all(rowOf(db, project));
  return new Set(rows.map(([commit]) => commit));
}

export function lastChanges(db: Sqlite, project: ProjectKey): ReadonlyMap<string, string> {
  const sql = 'SELECT path, commit_hash FROM last_changes WHERE project = ?';
  return new Map(db.prepare<[number], [string, string]>(sql).all(rowOf(db, project)));
}

export function recordedMeasures(
  db: Sqlite,
  project: ProjectKey,
): ReadonlyMap<PatternId, { mentions: number; tests: number }> {
  const rows = db
    .prepare<[number], [string, number, number]>(
      'SELECT pattern, mentions, tests FROM measures WHERE project = ?',
    )
    .all(rowOf(db, project));
  return new Map(rows.map(([pattern, mentions, tests]) => [pattern, { mentions, tests }]));
}

/** What the idioms of a project were mined from. */
export function recordedIdioms(db: Sqlite, project: ProjectKey): string | undefined {
  const sql = "SELECT content_hash FROM records WHERE project = ? AND type = 'idioms'";
  return db.prepare<[number], [string]>(sql).get(rowOf(db, project))?.[0];
}

/** 0, which no project has, when it is unknown. */
function rowOf(db: Sqlite, project: ProjectKey): number {
  const sql = 'SELECT project FROM project_keys WHERE key = ?';
  return db.prepare<[string], [number]>(sql).get(project)?.[0] ?? 0;
}
