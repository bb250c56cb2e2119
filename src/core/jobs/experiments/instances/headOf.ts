import { AppError } from '../../../model/errors.ts';
import { localized } from '../../../model/localizedText.ts';
import { openGit } from '../../../sources/git/repository.ts';

/**
 * The commit a repository stands at.
 *
 * @throws AppError `folder-not-found`, `git-failed`, `bad-argument` where there is no repository or no
 *   commit in it
 */
export async function headOf(folder: string): Promise<string> {
  const head = (await openGit(folder))?.head;
  if (head !== undefined) return head;
  throw new AppError('bad-argument', localized`${folder} is no git repository with a commit`);
}
