import { FileType, l10n, RelativePattern, Uri, workspace, type Disposable } from 'vscode';
import { registerCommand } from '../../command.ts';
import { placeOf } from '../../folders.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { SOURCE_FILES } from '../../sourceFiles.ts';
import { wholeFolder, extractManually, type ExtractionRequest } from './manualExtraction.ts';
import { chooseFolder, needFolders } from './chooseFolder.ts';
import { toResources } from '../resources.ts';

/** Extract Patterns in Folder: those selected in the explorer, or one a person picks. */
export function registerExtractFolder(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extractFolder, async (clicked, selected) => {
    const folders = toResources(clicked, selected);
    const requests =
      folders.length === 0
        ? [await requestForChosen()]
        : await Promise.all(folders.map(requestFor));
    const known = requests.filter((request) => request !== undefined);
    if (known.length > 0) await extractManually(shell, known);
    else if (folders.length > 0) await needFolders();
  });
}

async function requestForChosen(): Promise<ExtractionRequest | undefined> {
  const folder = await chooseFolder(l10n.t('Extract Patterns in Folder'));
  return folder === undefined ? undefined : wholeFolder(folder.uri);
}

async function requestFor(folder: Uri): Promise<ExtractionRequest | undefined> {
  const place = placeOf(folder);
  if (place === undefined) return undefined;
  if (place.path === '' || (await isRepository(folder))) return wholeFolder(folder);
  // As part of its project, to which it belongs when all of that is extracted too.
  const files = await filesIn(folder);
  const paths = files.map((file) => placeOf(file)?.path).filter((path) => path !== undefined);
  return { folder: place.folder.uri, paths, history: false };
}

/** A file may be selected among folders. */
async function filesIn(place: Uri): Promise<readonly Uri[]> {
  const { type } = await workspace.fs.stat(place);
  if (type === FileType.File) return [place];
  return workspace.findFiles(new RelativePattern(place, SOURCE_FILES), '**/node_modules/**');
}

async function isRepository(folder: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.joinPath(folder, '.git'));
    return true;
  } catch {
    return false;
  }
}
