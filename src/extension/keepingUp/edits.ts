import { Disposable, FileType, workspace, type Uri } from 'vscode';
import { languageOf, SOURCE_EXTENSIONS } from '../../core/model/fileLanguage.ts';
import { placeOf } from '../folders.ts';
import type { NoteChange } from './noteChange.ts';

const CONFIG_FILE = '.pattern-foundry.yaml';
const WATCHED_FILES = `**/{${SOURCE_EXTENSIONS.map((ending) => `*.${ending}`).join(',')},${CONFIG_FILE}}`;

/** Tells which files are saved, made, renamed and deleted, in the editor and by other programs. */
export function registerEditWatch(note: NoteChange): Disposable {
  const noteFile = (file: Uri): void => {
    const place = placeOf(file);
    if (place === undefined) return;
    const { folder, path } = place;
    if (path === CONFIG_FILE) note(folder, { paths: undefined, history: false });
    else if (languageOf(path) !== undefined) note(folder, { paths: [path], history: false });
  };
  /** A folder stands for files whose names nobody tells. */
  const noteFolder = (file: Uri): void => {
    const folder = placeOf(file)?.folder;
    if (folder !== undefined) note(folder, { paths: undefined, history: false });
  };
  const noteMade = async (file: Uri): Promise<void> => {
    noteFile(file);
    if (await isFolder(file)) noteFolder(file);
  };
  // Sees files where the editor's own events tell of folders as well, and comes later than they do.
  const files = workspace.createFileSystemWatcher(WATCHED_FILES);
  return Disposable.from(
    files,
    files.onDidCreate(noteFile),
    files.onDidChange(noteFile),
    files.onDidDelete(noteFile),
    workspace.onDidSaveTextDocument(({ uri }) => {
      noteFile(uri);
    }),
    workspace.onDidCreateFiles(({ files: made }) => {
      for (const file of made) void noteMade(file);
    }),
    workspace.onDidRenameFiles(({ files: renamed }) => {
      for (const { oldUri, newUri } of renamed) {
        noteFile(oldUri);
        void noteMade(newUri);
      }
    }),
    workspace.onDidDeleteFiles(({ files: deleted }) => {
      for (const file of deleted) {
        // Nothing is left to ask whether it was a folder.
        if (hasExtension(file)) noteFile(file);
        else noteFolder(file);
      }
    }),
  );
}

async function isFolder(file: Uri): Promise<boolean> {
  try {
    return (await workspace.fs.stat(file)).type === FileType.Directory;
  } catch {
    return false;
  }
}

function hasExtension(file: Uri): boolean {
  return /[^/]\.[^/.]+$/.test(file.path);
}
