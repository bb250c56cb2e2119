import fs from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * The place of a path of a repository in one of its checkouts; `undefined` where the path, or a link
 * on the way, leads out of it or into the folder of git.
 */
export function placeIn(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  const parts = relative(folder, file).split(sep);
  const isOutside = isAbsolute(path) || parts[0] === '..' || parts.some(isGitFolder);
  return isOutside || path === '' || leadsOut(folder, file) ? undefined : file;
}

function leadsOut(folder: string, file: string): boolean {
  if (fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) return true;
  let around = dirname(file);
  while (!fs.existsSync(around)) around = dirname(around);
  const way = relative(fs.realpathSync.native(folder), fs.realpathSync.native(around));
  const parts = way.split(sep);
  // A link to the folder of git is no way out, and commands that git runs stand in it.
  return parts[0] === '..' || isAbsolute(way) || parts.some(isGitFolder);
}

/** Some systems do not tell cases apart. */
function isGitFolder(name: string): boolean {
  return name.toLowerCase() === '.git';
}
