import type { Disposable } from 'vscode';
import { registerCommitWatch, type CheckedOut } from '../autoExtraction/commits.ts';
import { logFailure } from '../failure.ts';
import type { Shell } from '../shell.ts';
import type { NoteDeed } from './noteDeed.ts';

/** A commit that is older was checked out, and not made just now. */
const JUST_NOW_MS = 2 * 60 * 1000;

/**
 * Tells of commits that the person made on top of what was checked out, by whatever means. One that is
 * amended or put elsewhere is told no second time.
 */
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
  const { message, parents, commitDate, authorEmail } = await repository.getCommit(commit);
  const isFresh = commitDate === undefined || Date.now() - commitDate.getTime() < JUST_NOW_MS;
  if (!parents.includes(before) || !isFresh) return undefined;
  // A colleague's commit that was pulled is as fresh.
  const own = await repository.getConfig('user.email').catch(() => '');
  const isOwn = authorEmail === undefined || own === '' || authorEmail === own.trim();
  return isOwn ? message : undefined;
}
