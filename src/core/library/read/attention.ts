import type { Attention } from '../../model/api/jobs.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

const ROWS = `
  SELECT s.id, s.uid, s.kind, coalesce(t.path, r.subject)
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record
  WHERE s.state = 'live' ORDER BY s.value DESC, s.uid`;

/** See `Corpus.rowIdsByValue`. */
export function rowIdsByValue(
  db: Sqlite,
  { files, patterns }: Attention = { files: [], patterns: [] },
): readonly number[] {
  const rows = db
    .prepare<[], [id: number, uid: string, kind: string, path: string | null]>(ROWS)
    .all();
  const open = recordedPaths(files, new Set(rows.map(([, , , path]) => path ?? '')));
  const looked = new Set(patterns);
  const first: number[] = [];
  const others: number[] = [];
  const tests: number[] = [];
  for (const [id, uid, kind, path] of rows) {
    if (looked.has(uid) || open.has(path ?? '')) first.push(id);
    else (kind === 'test' ? tests : others).push(id);
  }
  return [...first, ...others, ...tests];
}

/**
 * What files are recorded as: the longest end of each path that any project has. Two projects that
 * have it both come first, which harms nobody.
 */
function recordedPaths(
  files: readonly string[],
  recorded: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of files) {
    const parts = file.split(/[/\\]/);
    for (let from = 1; from < parts.length; from += 1) {
      const path = parts.slice(from).join('/');
      if (!recorded.has(path)) continue;
      found.add(path);
      break;
    }
  }
  return found;
}
