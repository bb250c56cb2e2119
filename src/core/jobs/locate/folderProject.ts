import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ProjectKey } from '../../model/pattern.ts';
import type { LibraryProjects } from '../../model/ports/libraryProjects.ts';

/** A project that was learned as a folder without git. */
export interface FolderProject {
  /** Absolute and real. */
  readonly root: string;
  readonly project: ProjectKey;
}

/** That of the nearest folder around this one, or of this one itself. */
export function folderProjectOf(
  folder: string,
  { projects }: { readonly projects: Pick<LibraryProjects, 'key'> },
): FolderProject | undefined {
  if (!existsSync(folder)) return undefined;
  for (let root = realpathSync.native(folder); ; root = dirname(root)) {
    const project = projects.key([`dir:${root}`]);
    if (project !== undefined) return { root, project };
    if (root === dirname(root)) return undefined;
  }
}
