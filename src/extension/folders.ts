import { workspace, type Uri, type WorkspaceFolder } from 'vscode';
import { isPathWithin } from './uriPath.ts';

/**
 * Workspace folders that patterns can be extracted from: on the disk of the machine the extension
 * runs on, and none before the workspace is trusted.
 */
export function extractableFolders(): readonly WorkspaceFolder[] {
  if (!workspace.isTrusted) return [];
  return (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/** Extractable folders that hold a place or lie in it, such as in a repository. */
export function foldersAround(place: Uri): readonly WorkspaceFolder[] {
  return extractableFolders().filter(({ uri }) => isWithin(uri, place) || isWithin(place, uri));
}

/** The extractable folder a file is in, with its path there. */
export function placeOf(
  file: Uri,
): { readonly folder: WorkspaceFolder; readonly path: string } | undefined {
  const folder = workspace.getWorkspaceFolder(file);
  if (folder === undefined || !extractableFolders().includes(folder)) return undefined;
  return { folder, path: pathIn(folder.uri, file) };
}

/** Relative to the folder, with `/`; empty for the folder itself. */
function pathIn(folder: Uri, file: Uri): string {
  return file.path.slice(folder.path.replace(/\/$/, '').length + 1);
}

/** Also of the folder itself. */
export function isWithin(place: Uri, folder: Uri): boolean {
  return isPathWithin(place.path, folder.path);
}
