import type { Sqlite } from './sqlite.ts';

/** Says whether a commit is undone by a later one that is in force itself. */
export type IsReverted = (project: number, commit: string) => boolean;

/** Reads all reverts; a revert that was reverted undoes nothing any more. */
export function readReverted(db: Sqlite): IsReverted {
  const undoneBy = new Map<string, string[]>();
  const rows = db
    .prepare<[], [number, string, string]>(
      'SELECT x.project, x.commit_hash, j.value FROM reverts x, json_each(x.undone) j ORDER BY 1, 2, 3',
    )
    .each();
  for (const [project, by, undone] of rows) {
    const key = keyOf(project, undone);
    const known = undoneBy.get(key);
    if (known === undefined) undoneBy.set(key, [by]);
    else known.push(by);
  }
  const known = new Map<string, boolean>();
  // A commit can only undo earlier ones, so what comes round again is a false statement.
  const isReverted = (project: number, commit: string): boolean => {
    const key = keyOf(project, commit);
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    known.set(key, false);
    const found = (undoneBy.get(key) ?? []).some((by) => !isReverted(project, by));
    known.set(key, found);
    return found;
  };
  return isReverted;
}

function keyOf(project: number, commit: string): string {
  return `${project} ${commit}`;
}
