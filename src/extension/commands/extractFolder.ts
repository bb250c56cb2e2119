import { l10n, RelativePattern, Uri, workspace, type Disposable } from 'vscode';
import { registerCommand } from '../command.ts';
import { placeOf } from '../folders.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { SOURCE_FILES } from '../sourceFiles.ts';
import { everythingOf, extractByHand, type Wish } from './byHand.ts';
import { chooseFolder, needFolders } from './chooseFolder.ts';

/** Extract Patterns in Folder: the one of the explorer, or one a person picks. */
export function registerExtractFolder(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extractFolder, async (clicked) => {
    const wish = clicked instanceof Uri ? await wishFor(clicked) : await wishForChosen();
    if (wish !== undefined) await extractByHand(shell, [wish]);
  });
}

async function wishForChosen(): Promise<Wish | undefined> {
  const folder = await chooseFolder(l10n.t('Extract Patterns in Folder'));
  return folder === undefined ? undefined : everythingOf(folder.uri);
}

async function wishFor(folder: Uri): Promise<Wish | undefined> {
  const place = placeOf(folder);
  if (place === undefined) {
    await needFolders();
    return undefined;
  }
  if (place.path === '' || (await isRepository(folder))) return everythingOf(folder);
  // As part of its project, to which it belongs when all of that is extracted too.
  const files = await workspace.findFiles(
    new RelativePattern(folder, SOURCE_FILES),
    '**/node_modules/**',
  );
  const paths = files.map((file) => placeOf(file)?.path).filter((path) => path !== undefined);
  return { folder: place.folder.uri, paths, history: false };
}

async function isRepository(folder: Uri): Promise<boolean> {
  try {
    await workspace.fs.stat(Uri.joinPath(folder, '.git'));
    return true;
  } catch {
    return false;
  }
}
