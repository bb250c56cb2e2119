import { join } from 'node:path';
import * as vscode from 'vscode';
import { writeVsix, type SmallExtension } from '../../support/extension/smallExtension.ts';
import { until } from './until.ts';

/**
 * Installs another extension beside ours. It stays until the window is gone: VS Code lets go of an
 * extension that runs with the next window.
 *
 * @param folder where its file is written
 * @returns what it exports
 */
export async function installExtension(
  folder: string,
  extension: SmallExtension,
): Promise<unknown> {
  const id = `nobody.${extension.name}`;
  const file = join(folder, `${extension.name}.vsix`);
  writeVsix(file, extension);
  await vscode.commands.executeCommand(
    'workbench.extensions.installExtension',
    vscode.Uri.file(file),
  );
  await until(`${id} is there`, () => vscode.extensions.getExtension(id) !== undefined);
  return vscode.extensions.getExtension(id)?.activate();
}
