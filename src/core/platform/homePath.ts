/**
 * A path as a person writes it: `~` alone or before a separator is their home. What a shell does not
 * see, in a setting, a variable or behind `=`, it does not expand.
 */
export function expandHome(path: string, home: string): string {
  return path.replace(/^~(?=$|[/\\])/, () => home);
}
