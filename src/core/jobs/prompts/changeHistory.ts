import {
  createChangeHistory,
  type ChangeHistory,
  type PastChange,
} from '../../resolution/changes/changeHistory.ts';
import type { GitRepository } from '../../sources/git/repository.ts';

/** Older commits are about other code; reading as many takes less than a second. */
const MOST_COMMITS = 3_000;

/** What the newest commits say of the files of a project; nothing where there is no history. */
export async function readChangeHistory(
  git: GitRepository | undefined,
  stemsOf: (message: string) => readonly string[],
): Promise<ChangeHistory> {
  const changes: PastChange[] = [];
  if (git?.head !== undefined) {
    for await (const { message, entries } of git.log({ head: git.head })) {
      changes.push({ message, paths: entries.map(({ path }) => path) });
      if (changes.length === MOST_COMMITS) break;
    }
  }
  return createChangeHistory(changes, stemsOf);
}
