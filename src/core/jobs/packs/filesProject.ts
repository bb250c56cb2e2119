import { openGit } from '../../sources/git/repository.ts';
import { identifyProject, type FirstCommits } from '../../sources/project.ts';
import type { Library } from '../../model/ports/library.ts';
import { folderProjectOf } from '../locate/folderProject.ts';
import type { FilesProject } from './readFiles.ts';

/** The project whose files are meant: the repository around a folder, else the known folder around it. */
export async function filesProjectOf(
  {
    current,
    firstCommits,
  }: { readonly current: () => Library; readonly firstCommits: FirstCommits },
  folder: string,
): Promise<FilesProject> {
  const library = current();
  const git = await openGit(folder);
  const around = git === undefined ? folderProjectOf(folder, library)?.root : undefined;
  const { root, keys, name, parent } = await identifyProject(around ?? folder, git, firstCommits);
  return { ...{ root, name, parent }, key: library.projects.key(keys) ?? keys[0] ?? `dir:${root}` };
}
