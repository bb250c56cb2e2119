import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Replaces all of a file in the editor, as a person would, and saves it. */
export async function saveFile(file: vscode.Uri, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(file);
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, all, text);
  await vscode.workspace.applyEdit(edit);
  assert.equal(await document.save(), true);
}
