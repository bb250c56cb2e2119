import * as vscode from 'vscode';

import type { KeepingUp } from '../../../src/extension/configuration.ts';

/** Sets when folders that were extracted once are kept up to date: this one, else all others. */
export async function keepUp(auto: KeepingUp, folder?: vscode.Uri): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('patternFoundry', folder);
  const { Global, WorkspaceFolder } = vscode.ConfigurationTarget;
  const target = folder === undefined ? Global : WorkspaceFolder;
  await configuration.update('extraction.auto', auto, target);
}
