import { Disposable, workspace, type WorkspaceFolder } from 'vscode';
import { openGitApi, type GitApi, type GitRepository } from '../actions/gitExtension.ts';
import { logFailure } from '../failure.ts';
import { extractableFolders, foldersAround } from '../folders.ts';
import type { Shell } from '../shell.ts';

/** A commit that is checked out in place of another one. */
export interface CheckedOut {
  readonly repository: GitRepository;
  readonly commit: string;
  readonly before: string;
}

/** Tells which folders have another commit checked out than before, as VS Code's own git sees it. */
export function registerCommitWatch(
  shell: Pick<Shell, 'log'>,
  note: (folder: WorkspaceFolder, checkedOut: CheckedOut) => void,
): Disposable {
  const watches: Disposable[] = [];
  let isWatching = false;
  let isDisposed = false;

  const noteCommit = (checkedOut: CheckedOut): void => {
    for (const folder of foldersAround(checkedOut.repository.rootUri)) note(folder, checkedOut);
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

type NoteCommit = (checkedOut: CheckedOut) => void;

function watchRepositories(git: GitApi, noteCommit: NoteCommit): Disposable {
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

function watchHead(repository: GitRepository, note: NoteCommit): Disposable {
  const { state } = repository;
  let head = state.HEAD?.commit;
  return state.onDidChange(() => {
    const before = head;
    head = state.HEAD?.commit ?? before;
    // The first commit that is seen is no news.
    if (before === undefined || head === undefined || head === before) return;
    note({ repository, commit: head, before });
  });
}
