import { Minimatch, type MinimatchOptions } from 'minimatch';
import { foldersAbove } from '../pathScope.ts';

/** Whatever the form of Unicode, as file systems and editors write names in different ones. */
const PATHS: MinimatchOptions = {
  dot: true,
  nocomment: true,
  nonegate: true,
  normalize: true,
  platform: 'linux',
};

/**
 * A test whether globs match a path or a folder above it, as people mean by `dist` or `dist/`. One that
 * begins with `!` takes back what those before it match. Matching takes time by the lengths of glob and
 * path alone, whatever the glob.
 *
 * @param globs relative to the same folder as the paths, with `/`, or with the `\` of Windows
 */
export function createGlobs(globs: readonly string[]): (path: string) => boolean {
  const rules = globs.map((glob) => {
    const isTakenBack = glob.startsWith('!');
    return { isTakenBack, covers: createGlob(isTakenBack ? glob.slice(1) : glob) };
  });
  return (path) => rules.findLast(({ covers }) => covers(path))?.isTakenBack === false;
}

/** Before a bracket it says that the bracket is a part of the name. */
const WINDOWS_SLASH = /\\(?![[\](){}])/g;

function createGlob(glob: string): (path: string) => boolean {
  const slashed = glob.replace(WINDOWS_SLASH, '/').replace(/^\.?\/|\/$/g, '');
  const pattern = new Minimatch(slashed, PATHS);
  const folders = new Map<string, boolean>();
  const isFolderMatched = (folder: string): boolean => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const found = pattern.match(folder);
    folders.set(folder, found);
    return found;
  };
  return (path) => pattern.match(path) || foldersAbove(path).some(isFolderMatched);
}

/**
 * A test of a path by a pattern as git's ignore and attributes files write them: without a slash it
 * is matched against names at any depth, with one against the path.
 *
 * @see https://git-scm.com/docs/gitignore#_pattern_format
 */
export function createGitPattern(pattern: string): (path: string, isFolder: boolean) => boolean {
  const isForFolders = pattern.endsWith('/');
  const body = isForFolders ? pattern.slice(0, -1) : pattern;
  const isAnchored = body.includes('/');
  const glob = new Minimatch(body.replace(/^\//, ''), { ...PATHS, nobrace: true, noext: true });
  return (path, isFolder) => {
    if (isForFolders && !isFolder) return false;
    return glob.match(isAnchored ? path : path.slice(path.lastIndexOf('/') + 1));
  };
}

/** A test of a path by a glob as `.editorconfig` files write them; slashes work as in git's. */
export function createEditorPattern(glob: string): (path: string) => boolean {
  const pattern = new Minimatch(glob.replace(/^\//, ''), PATHS);
  const isAnchored = glob.includes('/');
  return (path) => pattern.match(isAnchored ? path : path.slice(path.lastIndexOf('/') + 1));
}
