import * as vscode from 'vscode';

import type { KeepingUp } from '../../../src/extension/configuration.ts';

/** Sets when folders that were extracted once are kept up to date. */
export async function keepUp(auto: KeepingUp): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('patternFoundry');
  await configuration.update('extraction.auto', auto, vscode.ConfigurationTarget.Global);
}
