import { commandChanges, type FileChange } from '../../platform/shell/fileChanges.ts';
import type { Action } from './actions.ts';

/**
 * Files that an action changed, by the tool that edits files or by a command that names them, also in a
 * script that it hands to a program.
 */
export function fileChanges({ edited, made, command }: Action): readonly FileChange[] {
  const told = edited.map((path): FileChange => {
    return { path, how: made.includes(path) ? 'made' : 'changed' };
  });
  return [...told, ...commandChanges(command)];
}

/**
 * Tells files that are gone in the end and were only made, or lay in a folder that was only there, for
 * trying; and such folders.
 */
export function passingFiles(actions: readonly Action[]): (path: string) => boolean {
  const touched = new Map<string, FileChange['how']>();
  const byFolder = new Map<string, Set<string>>();
  const passing = new Set<string>();
  for (const { path, how } of actions.flatMap(fileChanges)) {
    if (how !== 'removed') {
      for (const folder of foldersOf(path)) {
        byFolder.set(folder, (byFolder.get(folder) ?? new Set()).add(path));
      }
      touched.set(path, touched.get(path) ?? how);
      passing.delete(path);
      continue;
    }
    const gone = withoutSlash(path);
    if (touched.get(path) === 'made') passing.add(path);
    for (const one of byFolder.get(gone) ?? []) passing.add(one);
    // Else removing a folder again and again would go through all that ever was in it.
    byFolder.delete(gone);
  }
  const emptied = new Set([...passing].flatMap(foldersOf));
  return (path) => passing.has(path) || emptied.has(withoutSlash(path));
}

/** `a/b/c` lies in `a` and in `a/b`. */
function foldersOf(path: string): readonly string[] {
  const parts = withoutSlash(path).split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
