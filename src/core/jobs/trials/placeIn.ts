import fs from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/**
 * The place of a path of a repository in one of its checkouts; `undefined` where the path, or a link
 * on the way, leads out of it.
 */
export function placeIn(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  const parts = relative(folder, file).split(sep);
  const isOutside = isAbsolute(path) || parts[0] === '..' || parts.includes('.git');
  return isOutside || path === '' || leadsOut(folder, file) ? undefined : file;
}

function leadsOut(folder: string, file: string): boolean {
  if (fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) return true;
  let around = dirname(file);
  while (!fs.existsSync(around)) around = dirname(around);
  const way = relative(fs.realpathSync.native(folder), fs.realpathSync.native(around));
  return way.split(sep)[0] === '..' || isAbsolute(way);
}
