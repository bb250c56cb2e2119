import type { GitRepository } from '../actions/gitExtension.ts';
import type { CheckedOut } from '../autoExtraction/commits.ts';

/** A commit that is older was checked out, and not made just now. */
const JUST_NOW_MS = 2 * 60 * 1000;

export interface MadeOrNot extends Pick<CheckedOut, 'commit' | 'before'> {
  readonly repository: Pick<GitRepository, 'getCommit' | 'getConfig' | 'getGlobalConfig'>;
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
  const own = await ownEmail(repository);
  const isOwn = authorEmail === undefined || own === '' || authorEmail.toLowerCase() === own;
  return isOwn ? message : undefined;
}

/** What git writes as the author's here, else everywhere; in lower case, empty where it is not set. */
async function ownEmail(repository: MadeOrNot['repository']): Promise<string> {
  const nothing = (): string => '';
  const here = await repository.getConfig('user.email').catch(nothing);
  const own = here.trim() || (await repository.getGlobalConfig('user.email').catch(nothing));
  return own.trim().toLowerCase();
}
