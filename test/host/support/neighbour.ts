import { zipSync } from 'fflate';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from './until.ts';

const ID = 'nobody.neighbour';
/** Name under which people know it. */
export const NEIGHBOUR = 'Neighbour';
/** What it suggests everywhere. */
const NEIGHBOURS_TEXT = ' // from next door';

const MAIN = `
const { languages, InlineCompletionItem } = require('vscode');
exports.activate = ({ subscriptions }) => {
  const provideInlineCompletionItems = () => [new InlineCompletionItem(${JSON.stringify(NEIGHBOURS_TEXT)})];
  subscriptions.push(
    languages.registerInlineCompletionItemProvider({ scheme: 'file' }, { provideInlineCompletionItems }),
  );
};
`;

/**
 * Installs another extension with ghost text, made on the spot in a folder. It stays until the window is
 * gone: VS Code lets go of an extension that runs with the next window.
 */
export async function installNeighbour(folder: string): Promise<void> {
  const manifest = {
    ...{ name: 'neighbour', publisher: 'nobody', displayName: NEIGHBOUR, version: '1.0.0' },
    ...{ main: './main.js', engines: { vscode: '^1.93.0' }, activationEvents: ['*'] },
    enabledApiProposals: ['inlineCompletionsAdditions'],
  };
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const file = join(folder, 'neighbour.vsix');
  writeFileSync(
    file,
    zipSync({
      'extension/package.json': bytes(JSON.stringify(manifest)),
      'extension/main.js': bytes(MAIN),
    }),
  );
  await vscode.commands.executeCommand(
    'workbench.extensions.installExtension',
    vscode.Uri.file(file),
  );
  await until('the neighbour is there', () => vscode.extensions.getExtension(ID) !== undefined);
  await vscode.extensions.getExtension(ID)?.activate();
}
