import { existsSync } from 'node:fs';
import type { PatternFilter } from '../../model/filter.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { FirstCommits } from '../../sources/project.ts';
import { findCheckouts } from '../locate/checkouts.ts';
import { folderProjectOf } from '../locate/folderProject.ts';

/** A folder on a network that is gone would hold up the answer. */
const MOST_MS = 2000;

export interface ScopeParts {
  readonly current: () => Pick<Library, 'projects' | 'corpus'>;
  readonly firstCommits: FirstCommits;
}

/** Projects of the library that folders are in or, where they are in none, that lie below them. */
export type ProjectsOfFolders = (folders: readonly string[]) => Promise<readonly ProjectKey[]>;

/** What is chosen, where one stands in a project and names none. */
export interface ChosenWithin {
  readonly ids?: readonly string[] | undefined;
  readonly filter?: PatternFilter | undefined;
  /** Their projects are meant; all projects when there is none. */
  readonly folders?: readonly string[] | undefined;
}

/** What `list` takes by itself: the patterns of the projects that its folders are in, with their titles. */
export async function filterWithin(
  {
    library,
    projectsOfFolders,
  }: { readonly library: Library; readonly projectsOfFolders: ProjectsOfFolders },
  { ids, filter = {}, folders = [] }: ChosenWithin,
): Promise<{ readonly filter: PatternFilter; readonly projects: readonly string[] }> {
  if (ids !== undefined || filter.project !== undefined) return { filter, projects: [] };
  const keys = await projectsOfFolders(folders);
  if (keys.length === 0) return { filter, projects: [] };
  const named = keys.filter((key) => hasPatterns(library, key));
  const projects = named.map((key) => library.patterns.listing.projectTitle(key));
  return { filter: { ...filter, project: { any: keys } }, projects };
}

/** Of a folder that only sessions took place in nothing can be chosen. */
function hasPatterns({ patterns }: Library, project: ProjectKey): boolean {
  for (const _ of patterns.each({ project: { any: [project] } })) return true;
  return false;
}

/** Asks git again only when the library has changed: many queries come from the same folders. */
export function createProjectsOfFolders(parts: ScopeParts): ProjectsOfFolders {
  const known = new Map<string, readonly ProjectKey[]>();
  let knownVersion = -1;
  return async (folders) => {
    const { version } = parts.current().corpus;
    if (version !== knownVersion) known.clear();
    knownVersion = version;
    const key = folders.join('\n');
    const projects = known.get(key) ?? (await findProjects(folders, parts));
    if (version === knownVersion) known.set(key, projects);
    return projects;
  };
}

async function findProjects(
  folders: readonly string[],
  { current, firstCommits }: ScopeParts,
): Promise<readonly ProjectKey[]> {
  const library = current();
  const signal = AbortSignal.timeout(MOST_MS);
  for await (const checkouts of findCheckouts(folders, { library, firstCommits, signal })) {
    const above = folders.flatMap((folder) => folderProjectOf(folder, library)?.project ?? []);
    const keys = [...checkouts.map(({ project }) => project), ...above];
    if (keys.length > 0) return [...new Set(keys)];
  }
  return [];
}

/** The project of the library that each folder asked about is in, if any; asks git once a folder. */
export function createProjectAround({
  current,
  firstCommits,
}: ScopeParts): (folder: string) => Promise<ProjectKey | undefined> {
  const library = current();
  const known = new Map<string, ProjectKey | undefined>();
  return async (folder) => {
    if (library.projects.titles().length === 0 || !existsSync(folder)) return undefined;
    if (known.has(folder)) return known.get(folder);
    const signal = AbortSignal.timeout(MOST_MS);
    // What comes first are the projects around folders; those below them come next.
    for await (const [around] of findCheckouts([folder], { library, firstCommits, signal })) {
      known.set(folder, around?.project ?? folderProjectOf(folder, library)?.project);
      break;
    }
    return known.get(folder);
  };
}
