import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProjectKey } from '../../model/pattern.ts';
import { AppError } from '../../model/errors.ts';
import type { LibraryProjects } from '../../model/ports/libraryProjects.ts';
import { type GitRepository, openGit } from '../../sources/git/repository.ts';
import { type FirstCommits, identifyProject } from '../../sources/project.ts';

/** A project of the library as it lies on this machine. */
export interface Checkout {
  /** One of the folders asked about. */
  readonly folder: string;
  /** Absolute and real. */
  readonly root: string;
  readonly project: ProjectKey;
  /** Top level of its repository. */
  readonly repository: string | null;
}

export interface CheckoutParts {
  readonly library: { readonly projects: Pick<LibraryProjects, 'key'> };
  readonly firstCommits: FirstCommits;
  /** Ends what takes too long, such as a folder on a network that is gone. */
  readonly signal: AbortSignal;
}

/**
 * The projects that folders belong to, then those of the repositories inside them. Folders that
 * cannot be read and projects the library does not know are left out.
 */
export async function* findCheckouts(
  folders: readonly string[],
  parts: CheckoutParts,
): AsyncGenerator<readonly Checkout[]> {
  for (const places of [
    folders.map((folder) => ({ folder, place: folder })),
    folders.flatMap((folder) =>
      repositoriesBelow(folder).map((repository) => ({ folder, place: repository })),
    ),
  ]) {
    const found: Checkout[] = [];
    for (const { folder, place } of places) {
      const checkout = await identify(folder, place, parts);
      if (checkout !== undefined) found.push(checkout);
    }
    yield found;
  }
}

async function identify(
  folder: string,
  place: string,
  { library, firstCommits, signal }: CheckoutParts,
): Promise<Checkout | undefined> {
  try {
    const git = await openUnlessMissing(place, signal);
    if (git === undefined) {
      const { root, keys } = await identifyProject(place, undefined);
      const project = library.projects.key(keys);
      return project === undefined ? undefined : { folder, root, project, repository: null };
    }
    if (git.isBare) return undefined;
    const project = await projectOf(place, git, { library, firstCommits });
    const { topLevel } = git;
    return project === undefined
      ? undefined
      : { folder, root: topLevel, project, repository: topLevel };
  } catch (error) {
    // A folder that is gone or broken holds nothing to be found.
    if (error instanceof AppError || signal.aborted) return undefined;
    throw error;
  }
}

/** The first commit takes a walk through history, which a known remote saves. */
async function projectOf(
  folder: string,
  git: GitRepository,
  { library, firstCommits }: Pick<CheckoutParts, 'library' | 'firstCommits'>,
): Promise<ProjectKey | undefined> {
  const byRemote = library.projects.key(git.remotes.map((remote) => `remote:${remote}`));
  if (byRemote !== undefined) return byRemote;
  const { keys, formerKey } = await identifyProject(folder, git, firstCommits);
  return library.projects.key(formerKey === undefined ? keys : [...keys, formerKey]);
}

async function openUnlessMissing(
  folder: string,
  signal: AbortSignal,
): Promise<GitRepository | undefined> {
  try {
    return await openGit(folder, { signal });
  } catch (error) {
    if (error instanceof AppError && error.code === 'git-missing') return undefined;
    throw error;
  }
}

/** A folder that holds projects holds them near its top. */
const DEEPEST = 2;
const MOST_FOLDERS = 300;
const MOST_REPOSITORIES = 20;

function repositoriesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  let waiting: readonly string[] = [folder];
  let looked = 0;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const next: string[] = [];
    for (const child of waiting.flatMap(foldersIn)) {
      looked += 1;
      if (looked > MOST_FOLDERS || found.length >= MOST_REPOSITORIES) return found;
      (existsSync(join(child, '.git')) ? found : next).push(child);
    }
    waiting = next;
  }
  return found;
}

function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(?:\.|node_modules$)/.test(entry.name))
      .map(({ name }) => join(folder, name));
  } catch {
    // Forbidden or gone.
    return [];
  }
}
