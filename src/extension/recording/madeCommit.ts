import type { GitRepository } from '../actions/gitExtension.ts';
import type { CheckedOut } from '../autoExtraction/commits.ts';

/** A commit that is older was checked out, and not made just now. */
const JUST_NOW_MS = 2 * 60 * 1000;

export interface MadeOrNot extends Pick<CheckedOut, 'commit' | 'before'> {
  readonly repository: Pick<GitRepository, 'getCommit' | 'getConfig'>;
}

/**
 * The message of a commit that the person made just now on top of what was checked out before;
 * `undefined` of one that was amended, checked out, pulled or reset to.
 */
export async function messageIfMade(
  { repository, commit, before }: MadeOrNot,
  nowMs: number,
): Promise<string | undefined> {
  const { message, parents, commitDate, authorEmail } = await repository.getCommit(commit);
  const isFresh = commitDate === undefined || nowMs - commitDate.getTime() < JUST_NOW_MS;
  if (!parents.includes(before) || !isFresh) return undefined;
  // A colleague's commit that was pulled is as fresh.
  const own = await repository.getConfig('user.email').catch(() => '');
  const isOwn = authorEmail === undefined || own === '' || authorEmail === own.trim();
  return isOwn ? message : undefined;
}
