import { Disposable, FileType, workspace, type Uri } from 'vscode';
import { languageOf } from '../../core/model/sourceFile/fileLanguage.ts';
import { placeOf } from '../folders.ts';
import type { NoteChange } from './noteChange.ts';

const CONFIG_FILE = /^\.pattern-foundry\.ya?ml$/;
/** What programs keep for themselves, and make and delete at any time. */
const UNREAD_FOLDER = /(?:^|\/)(?:\.git|node_modules)(?:\/|$)/;

/** Tells which files are saved, made, renamed and deleted, in the editor and by other programs. */
export function registerEditWatch(note: NoteChange): Disposable {
  const noteFile = (file: Uri): void => {
    const place = readPlaceOf(file);
    if (place === undefined) return;
    const { folder, path } = place;
    if (CONFIG_FILE.test(path)) note(folder, { paths: undefined, history: false });
    else if (languageOf(path) !== undefined) note(folder, { paths: [path], history: false });
  };
  /** A folder stands for files whose names nobody tells. */
  const noteFolder = (file: Uri): void => {
    const folder = readPlaceOf(file)?.folder;
    if (folder !== undefined) note(folder, { paths: undefined, history: false });
  };
  const noteMade = async (file: Uri): Promise<void> => {
    noteFile(file);
    if (readPlaceOf(file) !== undefined && (await isFolder(file))) noteFolder(file);
  };
  const noteGone = (file: Uri): void => {
    noteFile(file);
    // Nothing is left to ask whether it was a folder.
    if (!hasExtension(file)) noteFolder(file);
  };
  // Comes later than the editor's own events. Of a folder that another program makes, moves or
  // deletes it may tell alone, without what is in it (microsoft/vscode#109754).
  const files = workspace.createFileSystemWatcher('**');
  return Disposable.from(
    files,
    files.onDidCreate((file) => {
      // Programs make very many files, too many to ask each what it is.
      if (hasExtension(file)) noteFile(file);
      else void noteMade(file);
    }),
    files.onDidChange(noteFile),
    files.onDidDelete(noteGone),
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

/** `undefined` where nothing is ever learned from. */
function readPlaceOf(file: Uri): ReturnType<typeof placeOf> {
  const place = placeOf(file);
  return place === undefined || UNREAD_FOLDER.test(place.path) ? undefined : place;
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
