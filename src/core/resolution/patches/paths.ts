/**
 * Whether a path is one of a file of a repository: relative, with `/`, without a way out of it or into
 * `.git`. Links on the disk are looked at where files are written.
 */
export function isInside(path: string): boolean {
  const parts = path.split('/');
  return (
    !/[\\\0\r\n]/.test(path) &&
    !/^[a-z]:/i.test(path) &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..') &&
    // Systems that do not tell cases apart take either for the folder of git.
    !parts.some((part) => part.toLowerCase() === '.git')
  );
}
