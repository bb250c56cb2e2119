import { commands, l10n, window, workspace, type WorkspaceFolder } from 'vscode';
import { extractableFolders } from '../../folders.ts';
import { showWarning } from '../../messages.ts';

/**
 * The folders of the workspace whose code can be read. Where there are none it says why and offers
 * what helps.
 */
export async function needFolders(): Promise<readonly WorkspaceFolder[]> {
  const folders = extractableFolders();
  if (folders.length === 0) await explainNone();
  return folders;
}

/** The only folder, or the one a person picks; `undefined` when there is none or they do not. */
export async function chooseFolder(title: string): Promise<WorkspaceFolder | undefined> {
  const folders = await needFolders();
  if (folders.length <= 1) return folders[0];
  const items = folders.map((folder) => ({
    label: folder.name,
    description: folder.uri.fsPath,
    folder,
  }));
  return (await window.showQuickPick(items, { title }))?.folder;
}

async function explainNone(): Promise<void> {
  const { message, action, command } = whyNone();
  const chosen = await showWarning(message, action);
  if (chosen === action) await commands.executeCommand(command);
}

interface Reason {
  readonly message: string;
  readonly action: string;
  readonly command: string;
}

function whyNone(): Reason {
  if (!workspace.isTrusted) {
    return {
      message: l10n.t('This only works in trusted folders.'),
      action: l10n.t('Manage Workspace Trust'),
      command: 'workbench.trust.manage',
    };
  }
  const openFolder = {
    action: l10n.t('Open Folder'),
    command: 'workbench.action.files.openFolder',
  };
  return workspace.workspaceFolders === undefined
    ? { message: l10n.t('Open a folder first.'), ...openFolder }
    : { message: l10n.t('This only works in folders on disk.'), ...openFolder };
}
