import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Opens a folder beside those that are open. */
export async function addFolder(uri: vscode.Uri): Promise<void> {
  const count = vscode.workspace.workspaceFolders?.length ?? 0;
  await changeFolders(() => vscode.workspace.updateWorkspaceFolders(count, 0, { uri }));
}

export async function removeFolder(uri: vscode.Uri): Promise<void> {
  const index = vscode.workspace.getWorkspaceFolder(uri)?.index;
  assert.ok(index !== undefined);
  await changeFolders(() => vscode.workspace.updateWorkspaceFolders(index, 1));
}

async function changeFolders(change: () => boolean): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const listener = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener.dispose();
      resolve();
    });
  });
  assert.equal(change(), true);
  await changed;
}
