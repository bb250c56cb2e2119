import { Disposable, workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { openGitApi, type GitApi, type GitRepository } from '../actions/gitExtension.ts';
import { logFailure } from '../failure.ts';
import { extractableFolders, foldersAround } from '../folders.ts';
import type { Shell } from '../shell.ts';

/** Tells which folders have another commit checked out than before, as VS Code's own git sees it. */
export function registerCommitWatch(
  shell: Pick<Shell, 'log'>,
  note: (folder: WorkspaceFolder) => void,
): Disposable {
  const watches: Disposable[] = [];
  let isWatching = false;
  let isDisposed = false;

  const noteCommit = (root: Uri): void => {
    for (const folder of foldersAround(root)) note(folder);
  };
  const watch = async (): Promise<void> => {
    if (isWatching || extractableFolders().length === 0) return;
    isWatching = true;
    try {
      const git = await openGitApi();
      if (git !== undefined && !isDisposed) watches.push(watchRepositories(git, noteCommit));
    } catch (error) {
      logFailure(shell, error);
    }
  };
  void watch();
  return Disposable.from(
    workspace.onDidGrantWorkspaceTrust(watch),
    workspace.onDidChangeWorkspaceFolders(watch),
    new Disposable(() => {
      isDisposed = true;
      for (const each of watches) each.dispose();
    }),
  );
}

function watchRepositories(git: GitApi, noteCommit: (root: Uri) => void): Disposable {
  const watched = new Map<GitRepository, Disposable>();
  const add = (repository: GitRepository): void => {
    watched.set(repository, watchHead(repository, noteCommit));
  };
  for (const repository of git.repositories) add(repository);
  return Disposable.from(
    git.onDidOpenRepository(add),
    git.onDidCloseRepository((repository) => {
      watched.get(repository)?.dispose();
      watched.delete(repository);
    }),
    new Disposable(() => {
      for (const watch of watched.values()) watch.dispose();
    }),
  );
}

function watchHead({ rootUri, state }: GitRepository, note: (root: Uri) => void): Disposable {
  let head = state.HEAD?.commit;
  return state.onDidChange(() => {
    const before = head;
    head = state.HEAD?.commit ?? before;
    // The first commit that is seen is no news.
    if (before !== undefined && head !== before) note(rootUri);
  });
}
