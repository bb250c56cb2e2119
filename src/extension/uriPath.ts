/**
 * Whether the path of a URI is a folder's or lies in it. Drives and names on Windows and macOS come
 * in upper and lower case from different parts of VS Code, whose file systems as a rule ignore case.
 */
export function isPathWithin(
  path: string,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): boolean {
  const ignoresCase = platform === 'win32' || platform === 'darwin';
  const [inner, outer] = [path, folder].map((each) => {
    const closed = `${each.replace(/\/$/, '')}/`;
    return ignoresCase ? closed.toLowerCase() : closed;
  });
  return inner?.startsWith(outer ?? '') ?? false;
}
