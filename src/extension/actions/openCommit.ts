import { commands, Uri } from 'vscode';
import { commitTitle } from '../../core/model/commitTitle.ts';
import type { Provenance } from '../../core/model/pattern.ts';
import { toChangedFiles } from './commitChanges.ts';
import { openGitApi } from './gitExtension.ts';

/**
 * Opens what a commit changed in VS Code's editor of several changes.
 *
 * @param folder workspace folder that belongs to the commit's repository
 * @returns false where the repository is not open, or has no such commit or none before it
 */
export async function openCommitChanges(
  folder: string,
  commit: Provenance['commit'],
): Promise<boolean> {
  // It may come from a file somebody sent, and git would take `--output=…` for an option.
  if (commit === null || !/^[0-9a-f]{7,64}$/.test(commit)) return false;
  const git = await openGitApi();
  const repository = git?.getRepository(Uri.file(folder));
  if (git === undefined || !repository) return false;
  const found = await repository.getCommit(commit).catch(() => undefined);
  const parent = found?.parents[0];
  if (found === undefined || parent === undefined) return false;
  const changes = await repository.diffBetween(parent, commit);
  await commands.executeCommand(
    'vscode.changes',
    `${commit.slice(0, 8)} ${commitTitle(found.message)}`,
    toChangedFiles(changes, { parent, commit }, (uri, ref) => git.toGitUri(uri, ref)),
  );
  return true;
}
