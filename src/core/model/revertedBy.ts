/**
 * Answers which commits undo a commit and are in force; one that is undone itself undoes nothing any
 * more.
 *
 * @param undoneBy the commits that say they undo a commit, by that commit
 */
export function createRevertedBy(
  undoneBy: ReadonlyMap<string, readonly string[]>,
): (commit: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const revertedBy = (commit: string): readonly string[] => {
    const answer = known.get(commit);
    if (answer !== undefined) return answer;
    // A commit can only undo earlier ones, so what comes round again is a false statement.
    known.set(commit, []);
    const found = (undoneBy.get(commit) ?? []).filter((by) => revertedBy(by).length === 0);
    known.set(commit, found);
    return found;
  };
  return revertedBy;
}

/** The commits that say they undo a commit, by that commit, from what each of them says. */
export function invertReverts(
  reverts: Iterable<readonly [by: string, undone: readonly string[]]>,
): ReadonlyMap<string, readonly string[]> {
  const undoneBy = new Map<string, string[]>();
  for (const [by, undone] of reverts) {
    for (const commit of undone) {
      const known = undoneBy.get(commit);
      if (known === undefined) undoneBy.set(commit, [by]);
      else known.push(by);
    }
  }
  return undoneBy;
}
