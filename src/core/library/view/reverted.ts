import { createRevertedBy, invertReverts } from '../../model/revertedBy.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

/** Says whether a commit is undone by a later one that is in force itself. */
export type IsReverted = (project: number, commit: string) => boolean;

/** Reads all reverts. */
export function readReverted(db: Sqlite): IsReverted {
  const rows = db
    .prepare<[], [number, string, string]>(
      'SELECT x.project, x.commit_hash, j.value FROM reverts x, json_each(x.undone) j ORDER BY 1, 2, 3',
    )
    .each();
  function* stated(): Iterable<readonly [string, readonly string[]]> {
    for (const [project, by, undone] of rows) yield [keyOf(project, by), [keyOf(project, undone)]];
  }
  const revertedBy = createRevertedBy(invertReverts(stated()));
  return (project, commit) => revertedBy(keyOf(project, commit)).length > 0;
}

function keyOf(project: number, commit: string): string {
  return `${project} ${commit}`;
}
