import type { Disposable } from 'vscode';
import { registerCommitWatch } from '../autoExtraction/commits.ts';
import { logFailure } from '../failure.ts';
import type { Shell } from '../shell.ts';
import { messageIfMade } from './madeCommit.ts';
import type { NoteDeed } from './noteDeed.ts';

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
    messageIfMade(checkedOut, Date.now())
      .then((message) => {
        if (message === undefined) return;
        note(folder, { did: 'commit', at: Date.now(), commit, message });
      })
      .catch((error: unknown) => {
        logFailure(shell, error);
      });
  });
}
