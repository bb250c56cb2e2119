import { Disposable, FileType, workspace, type Uri } from 'vscode';
import { languageOf, SOURCE_EXTENSIONS } from '../../core/model/fileLanguage.ts';
import { placeOf } from '../folders.ts';
import type { NoteChange } from './noteChange.ts';

const CONFIG_FILE = '.pattern-foundry.yaml';
/** What programs keep for themselves, and delete at any time. */
const UNREAD_FOLDER = /\/(?:\.git|node_modules)(?:\/|$)/;
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
  const noteGone = (file: Uri): void => {
    // Nothing is left to ask whether it was a folder.
    if (hasExtension(file)) noteFile(file);
    else if (!UNREAD_FOLDER.test(file.path)) noteFolder(file);
  };
  // These see files where the editor's own events tell of folders as well, and come later.
  const files = workspace.createFileSystemWatcher(WATCHED_FILES, false, false, true);
  // Of what is in a deleted folder nobody tells (microsoft/vscode#109754).
  const gone = workspace.createFileSystemWatcher('**', true, true);
  return Disposable.from(
    files,
    files.onDidCreate(noteFile),
    files.onDidChange(noteFile),
    gone,
    gone.onDidDelete(noteGone),
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
      for (const file of deleted) noteGone(file);
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
