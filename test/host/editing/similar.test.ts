import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Pattern } from '../../../src/core/model/pattern.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const drain = (name: string): string =>
  `export function ${name}(queue, handle) {
  while (queue.length > 0) {
    const job = queue.shift();
    if (job.cancelled) continue;
    handle(job.payload);
  }
}
`;

describe('patterns beside the code in an editor', () => {
  let shell: Shell;
  let folder: TemporaryFolder;
  let pattern: Pattern;
  let uri: vscode.Uri;

  before(async () => {
    shell = await openShell();
    await setAutoExtraction('never');
    folder = createTemporaryFolder({ 'mail.js': drain('drainMail'), 'empty.js': '' });
    await addFolder(vscode.Uri.file(folder.path));
    pattern = await shell.connection.engine.curate.add({
      ...{ code: drain('drainZoneQueue'), language: 'javascript', name: 'drainZoneQueue' },
      description: 'Handles what waits, one after another.',
    });
    uri = vscode.Uri.file(`${folder.path}/mail.js`);
  });

  after(async () => {
    await set(undefined);
    await closeEditors();
    await removeFolder(vscode.Uri.file(folder.path));
    await setAutoExtraction('onSave');
    folder.remove();
  });

  async function set(value: boolean | undefined): Promise<void> {
    await vscode.workspace
      .getConfiguration('patternFoundry.suggestions')
      .update('similar', value, true);
  }

  async function lenses(): Promise<readonly string[]> {
    const found = await vscode.commands.executeCommand<readonly vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    return found.flatMap(({ command }) => command?.title ?? []);
  }

  async function hovers(): Promise<string> {
    const found = await vscode.commands.executeCommand<readonly vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      new vscode.Position(0, 'export function dr'.length),
    );
    const contents = found.flatMap((hover) => hover.contents as readonly vscode.MarkdownString[]);
    return contents.map(({ value }) => value).join('\n');
  }

  it('are named above the function with the cursor and where it is pointed at, once asked for', async () => {
    const editor = await vscode.window.showTextDocument(uri);
    assert.doesNotMatch(await hovers(), /drainZoneQueue/);
    await set(true);
    editor.selection = new vscode.Selection(2, 0, 2, 0);
    await until('a pattern is named above', async () =>
      (await lenses()).some((title) => title.includes('drainZoneQueue')),
    );
    assert.match(await hovers(), /drainZoneQueue/);
    const latest = await shell.connection.engine.outcomes.latest(pattern.id);
    const shown = await shell.connection.engine.outcomes.impression(latest ?? '');
    assert.equal(shown?.surface, 'lens');
  });

  it('are among the completions by their names, and inserted with an outcome', async () => {
    await set(undefined);
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(`${folder.path}/empty.js`));
    await vscode.commands.executeCommand('type', { text: 'drainZ' });
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      editor.selection.active,
      undefined,
      10,
    );
    const item = list.items.find(({ filterText }) => filterText === 'drainZoneQueue');
    assert.ok(item?.documentation instanceof vscode.MarkdownString);
    assert.match(item.documentation.value, /queue\.shift/);
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await until('choosing it inserts the code', async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return editor.document.getText().includes('queue.shift()');
    });
    // What was typed is gone, and the code is indented as the editor does.
    const bare = (text: string): string => text.replaceAll(/\s/g, '');
    assert.equal(bare(editor.document.getText()), bare(drain('drainZoneQueue')));
    await until('it is noted', async () => {
      const latest = await shell.connection.engine.outcomes.latest(pattern.id);
      const shown = await shell.connection.engine.outcomes.impression(latest ?? '');
      return shown?.surface === 'completion' && shown.outcomes[0]?.kind === 'accepted';
    });
  });
});
