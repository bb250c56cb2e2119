import type { Uri } from 'vscode';
import type { GitApi, GitChange } from './gitExtension.ts';

/** Values of the git extension's `Status` that stand for files on one side only. */
const ADDED = 1;
const DELETED = 2;
const DELETED_IN_TREE = 6;

/** One row of `vscode.changes`: the file, it before and it after; `undefined` where it is not. */
export type ChangedFile = readonly [Uri, Uri | undefined, Uri | undefined];

/** What a commit changed, for VS Code's editor of several changes. */
export function toChangedFiles(
  changes: readonly GitChange[],
  { parent, commit }: { readonly parent: string; readonly commit: string },
  toGitUri: GitApi['toGitUri'],
): readonly ChangedFile[] {
  return changes.map(({ originalUri, uri, renameUri, status }) => {
    const after = renameUri ?? uri;
    const isDeleted = status === DELETED || status === DELETED_IN_TREE;
    return [
      after,
      status === ADDED ? undefined : toGitUri(originalUri, parent),
      isDeleted ? undefined : toGitUri(after, commit),
    ];
  });
}
