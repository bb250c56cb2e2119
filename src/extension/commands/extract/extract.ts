import { l10n, window, type Disposable, type WorkspaceFolder } from 'vscode';
import { registerCommand } from '../../command.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { wholeFolder, extractManually } from './manualExtraction.ts';
import { needFolders } from './chooseFolder.ts';

/** Extract Patterns: all folders of the workspace, or those a person picks of several. */
export function registerExtract(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extract, async () => {
    const chosen = await chooseFolders();
    await extractManually(
      shell,
      chosen.map(({ uri }) => wholeFolder(uri)),
    );
  });
}

async function chooseFolders(): Promise<readonly WorkspaceFolder[]> {
  const folders = await needFolders();
  if (folders.length <= 1) return folders;
  const items = folders.map((folder) => ({
    label: folder.name,
    description: folder.uri.fsPath,
    picked: true,
    folder,
  }));
  const title = l10n.t('Extract Patterns');
  const picked = await window.showQuickPick(items, { title, canPickMany: true });
  return (picked ?? []).map(({ folder }) => folder);
}
