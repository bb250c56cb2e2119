import { isAbsolute, relative, sep } from 'node:path';

/** The part of a project that a run is about: files, and folders with all that is in them. */
export interface PathScope {
  /** Relative to the project, with `/`, each once, without those inside another. */
  readonly paths: readonly string[];
  readonly covers: (path: string) => boolean;
}

/**
 * What is not a place inside the folder (absolute, `..`, the folder itself) is left out, whoever
 * asked for it.
 *
 * @param subfolder of the project, with `/`, that `asked` is relative to; empty at the top
 */
export function toPathScope(subfolder: string, asked: readonly string[]): PathScope {
  const inside = asked.flatMap((path) => normalise(path) ?? []);
  const named = new Set(inside.map((path) => (subfolder === '' ? path : `${subfolder}/${path}`)));
  const isInside = (path: string): boolean => foldersAbove(path).some((one) => named.has(one));
  return {
    paths: [...named].filter((path) => !isInside(path)),
    covers: (path) => named.has(path) || isInside(path),
  };
}

/** The folders a path lies in, the outermost first; the project's own folder is left out. */
export function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
    folders.push(path.slice(0, at));
  }
  return folders;
}

/** A path that stays inside the folder it is relative to; `undefined` for any other. */
export function normalise(path: string): string | undefined {
  if (/^(?:\/|[a-z]:)|\0/i.test(path)) return undefined;
  if (process.platform === 'win32' && path.includes('\\')) return undefined;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  return names.length === 0 || names.includes('..') ? undefined : names.join('/');
}

/** Whether a place is a folder or in it; both absolute, real and in the notation of the platform. */
export function isIn(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
