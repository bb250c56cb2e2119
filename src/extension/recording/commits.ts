import type { Disposable } from 'vscode';
import { registerCommitWatch, type CheckedOut } from '../autoExtraction/commits.ts';
import { logFailure } from '../failure.ts';
import type { Shell } from '../shell.ts';
import type { NoteDeed } from './noteDeed.ts';

/** A commit that is older was checked out, and not made just now. */
const JUST_NOW_MS = 2 * 60 * 1000;

/** Tells of commits that are made in the folders, by whatever means. */
export function watchCommits(shell: Pick<Shell, 'log'>, note: NoteDeed): Disposable {
  /** Each is heard of once for every folder around it. */
  let latest = '';
  return registerCommitWatch(shell, (folder, checkedOut) => {
    const { commit } = checkedOut;
    if (commit === latest) return;
    latest = commit;
    messageIfMade(checkedOut)
      .then((message) => {
        if (message === undefined) return;
        note(folder, { did: 'commit', at: Date.now(), commit, message });
      })
      .catch((error: unknown) => {
        logFailure(shell, error);
      });
  });
}

/** `undefined` where another commit was checked out, pulled or reset to. */
async function messageIfMade({
  repository,
  commit,
  before,
}: CheckedOut): Promise<string | undefined> {
  const { message, parents, commitDate } = await repository.getCommit(commit);
  const isFresh = commitDate === undefined || Date.now() - commitDate.getTime() < JUST_NOW_MS;
  return parents.includes(before) && isFresh ? message : undefined;
}
