import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { createGhostText } from '../../../src/extension/suggest/ghostText.ts';
import { otherProvider } from '../../../src/extension/suggest/otherProviders.ts';
import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { installExtension } from '../support/installExtension.ts';
import { NEIGHBOUR, NEIGHBOURS_NAME } from '../support/neighbour.ts';
import { openShell } from '../support/theShell.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const KNOWN = ['Jar', 'Box', 'Tin']
  .map(
    (name) => `export function seal${name}(vessel) {
  const lid = findLid(vessel.size);
  lid.press(vessel);
  lid.turn(vessel, 'right');
}
`,
  )
  .join('\n');
const HEAD = 'export function sealCrate(vessel) {';
const SURE = 'minChance';

/** Its name puts it last: the other extension stays. */
describe('with another extension that shows ghost text', () => {
  let shell: Shell;
  let repository: TestRepository;
  let settings: vscode.WorkspaceConfiguration;

  before(async () => {
    shell = await openShell();
    await setAutoExtraction('never');
    repository = createRepository();
    repository.commit([{ message: 'jars', files: { 'jars.js': KNOWN, 'crates.js': '' } }]);
    repository.git('checkout', '--quiet', '--force', 'main');
    await addFolder(vscode.Uri.file(repository.folder));
    settings = vscode.workspace.getConfiguration('patternFoundry.suggestions');
    await settings.update(SURE, 0, true);
    const file = join(repository.folder, 'crates.js');
    await shell.connection.engine.suggest.read({ file, folder: repository.folder, text: '' });
    await installExtension(repository.folder, NEIGHBOUR);
  });

  after(async () => {
    await settings.update(SURE, undefined, true);
    await setAutoExtraction('onSave');
    await closeEditors();
    await removeFolder(vscode.Uri.file(repository.folder));
    repository.remove();
  });

  it('says nothing by itself, and answers who asks', async () => {
    assert.equal(otherProvider(), NEIGHBOURS_NAME);
    const file = join(repository.folder, 'crates.js');
    const editor = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(file),
    );
    await vscode.commands.executeCommand('type', { text: HEAD });
    const { document, selection } = editor;
    const provider = createGhostText(shell, {
      buffers: { send: () => undefined },
      showings: { show: () => 1 },
    });
    const suggested = async (triggerKind: vscode.InlineCompletionTriggerKind) => {
      const context = { triggerKind, selectedCompletionInfo: undefined };
      const { token } = new vscode.CancellationTokenSource();
      const place = [document, selection.active, context, token] as const;
      return (await provider.provideInlineCompletionItems(...place)) as readonly unknown[];
    };
    const { Automatic, Invoke } = vscode.InlineCompletionTriggerKind;
    assert.deepEqual(await suggested(Automatic), []);
    assert.equal((await suggested(Invoke)).length, 1);
  });
});
