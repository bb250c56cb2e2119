import { realpathSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { requireFolder } from './requireFolder.ts';
import type { ProjectKey } from '../model/pattern.ts';
import type { GitRepository } from './git/repository.ts';

export interface Project {
  /** Absolute and real: the repository's top level, or the folder itself. */
  readonly root: string;
  /** For people to read; not unique. */
  readonly name: string;
  /** Owner of its remote, or the folder around it; empty where it has neither. */
  readonly parent: string;
  /** The first is the one to record under; the others lead to it from other checkouts. */
  readonly keys: readonly ProjectKey[];
  /** The key a repository had while it held no commit, or its folder before it was one. */
  readonly formerKey: ProjectKey | undefined;
}

/** First commits by the commit they were asked of: they never change, and finding them takes a walk. */
export type FirstCommits = Map<string, readonly string[]>;

/**
 * Says which project a folder belongs to. The first commit names it wherever it is cloned to; the
 * remotes do so for shallow clones, which do not hold that commit; the path where there is neither.
 *
 * @throws AppError `folder-not-found`
 */
export async function identifyProject(
  folder: string,
  git: Pick<GitRepository, 'topLevel' | 'remotes' | 'head' | 'rootCommits'> | undefined,
  known: FirstCommits = new Map(),
): Promise<Project> {
  if (git === undefined) {
    requireFolder(folder);
    const root = realpathSync.native(folder);
    return {
      root,
      name: folderName(root),
      parent: folderAround(root),
      keys: [`dir:${root}`],
      formerKey: undefined,
    };
  }
  const root = git.topLevel;
  const remote = git.remotes[0]?.split('/');
  // Further first commits came in with the history of other projects, which they name.
  const [first] = await firstCommits(git, known);
  const keys = [
    ...(first === undefined ? [] : [`git:${first}`]),
    ...git.remotes.map((remote) => `remote:${remote}`),
  ];
  return {
    root,
    name: remote?.at(-1) ?? folderName(root),
    parent: remote === undefined ? folderAround(root) : remote.slice(1, -1).join('/'),
    keys: keys.length > 0 ? keys : [`dir:${root}`],
    formerKey: keys.length > 0 ? `dir:${root}` : undefined,
  };
}

async function firstCommits(
  git: Pick<GitRepository, 'head' | 'rootCommits'>,
  known: FirstCommits,
): Promise<readonly string[]> {
  const { head = '' } = git;
  const found = known.get(head) ?? (await git.rootCommits());
  // Without any the clone is shallow or has no commit, either of which may change.
  if (found.length > 0) known.set(head, found);
  return found;
}

/** `name.git` and `name/.git` are bare repositories of `name`. */
function folderName(root: string): string {
  const name = basename(root.replace(/[/\\]\.git$/, '')).replace(/(?<=.)\.git$/, '');
  return name === '' ? root : name;
}

function folderAround(root: string): string {
  return basename(dirname(root.replace(/[/\\]\.git$/, '')));
}
