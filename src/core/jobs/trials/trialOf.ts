import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { TrialOrder } from '../../model/api/learning.ts';
import { openGit } from '../../sources/git/repository.ts';
import type { TrialRequest } from './openTrials.ts';
import { planTests } from './planTests.ts';

/**
 * What runs where for an order, as it is also shown before.
 *
 * @param parts `configured`: the command that the settings name; empty for none
 * @throws AppError `bad-argument` where the folder is in no repository, or nothing tells how tests run
 */
export async function trialOf(
  {
    configured,
    ...parts
  }: Pick<TrialRequest, 'env' | 'gate' | 'derived'> & { readonly configured: string },
  { folder, isTrusted, command = '', revision, timeoutSeconds, usesNetwork }: TrialOrder,
): Promise<Omit<TrialRequest, 'signal'>> {
  const repository = (await openGit(folder))?.topLevel;
  if (repository === undefined) {
    throw new AppError('bad-argument', localized`${folder} is in no git repository`);
  }
  return {
    ...{ ...parts, repository, isTrusted, revision, usesNetwork },
    command: planTests(repository, command, configured),
    limits: timeoutSeconds === undefined ? {} : { timeMs: 1000 * timeoutSeconds },
  };
}
