import * as vscode from 'vscode';

import type { AutoExtraction } from '../../../src/extension/configuration.ts';

/**
 * Sets when folders that were extracted once are kept up to date: this one, else all others.
 * `undefined` takes it back.
 */
export async function setAutoExtraction(
  auto: AutoExtraction | undefined,
  folder?: vscode.Uri,
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('patternFoundry', folder);
  const { Global, WorkspaceFolder } = vscode.ConfigurationTarget;
  const target = folder === undefined ? Global : WorkspaceFolder;
  await configuration.update('extraction.auto', auto, target);
}
