import fs from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * The place of a path of a repository in one of its checkouts; `undefined` where the path, or a link
 * on the way, leads out of it or into the folder of git, and where no file can stand there because a
 * folder does, or a file on the way.
 */
export function placeIn(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  const parts = relative(folder, file).split(sep);
  const isOutside = isAbsolute(path) || parts[0] === '..' || parts.some(isGitFolder);
  if (isOutside || path === '' || isFolder(nearestOf(dirname(file))) !== true) return undefined;
  return leadsOut(folder, file) || isFolder(file) === true ? undefined : file;
}

/** The folder, or the nearest around it that is there. */
function nearestOf(folder: string): string {
  return fs.existsSync(folder) ? folder : nearestOf(dirname(folder));
}

/** `undefined` where nothing is there. */
function isFolder(file: string): boolean | undefined {
  return fs.statSync(file, { throwIfNoEntry: false })?.isDirectory();
}

function leadsOut(folder: string, file: string): boolean {
  if (fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) return true;
  const around = fs.realpathSync.native(nearestOf(dirname(file)));
  const way = relative(fs.realpathSync.native(folder), around);
  const parts = way.split(sep);
  // A link to the folder of git is no way out, and commands that git runs stand in it.
  return parts[0] === '..' || isAbsolute(way) || parts.some(isGitFolder);
}

/** Some systems do not tell cases apart. */
function isGitFolder(name: string): boolean {
  return name.toLowerCase() === '.git';
}
