import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { acceptUntil } from '../support/acceptUntil.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const GUARD = '    if reading is None:\n        raise ValueError("the sensor said nothing")\n';
const convert = (name: string, guard = ''): string =>
  `def ${name}(reading, factor):
    """Turns what a sensor says into a number."""
${guard}    number = to_number(reading, factor)
    rounded = round_off(number, factor)
    return limit_to_range(rounded, factor)
`;
const FAILURE = `tests/test_pressure.py:4: in test_no_reading
    convert_pressure(None, 2)
pressure.py:3: in convert_pressure
    number = to_number(reading, factor)
E   TypeError: a reading is missing
`;

describe('Propose a Fix', () => {
  let shell: Shell;
  let folder: TemporaryFolder;
  const file = (name: string): vscode.Uri => vscode.Uri.file(`${folder.path}/${name}`);

  before(async () => {
    shell = await openShell();
    await setAutoExtraction('never');
    const pressure = convert('convert_pressure').replaceAll('\n', '\r\n');
    folder = createTemporaryFolder({ 'heat.py': convert('convert_heat'), 'pressure.py': pressure });
    const commit = (message: string): void => {
      folder.git('add', '--all');
      folder.git('-c', 'core.autocrlf=false', 'commit', '--quiet', '--message', message);
    };
    folder.git('init', '--quiet');
    commit('sensors');
    folder.write({ 'heat.py': convert('convert_heat', GUARD) });
    commit('fix: a TypeError where nothing was read is a clear error for heat');
    await addFolder(vscode.Uri.file(folder.path));
    await shell.connection.engine.jobs.extract({ folder: folder.path, git: true, embed: false });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeEditors();
  });

  after(async () => {
    await removeFolder(vscode.Uri.file(folder.path));
    await setAutoExtraction('onSave');
    folder.remove();
  });

  const shownDiff = (): vscode.TabInputTextDiff | undefined => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  };
  const isProposed = (): boolean => shownDiff()?.modified.scheme === 'pattern-foundry-fix';
  async function lookAtFix(): Promise<void> {
    await vscode.window.showTextDocument(file('heat.py'));
    let isLeft = false;
    void vscode.commands.executeCommand('patternFoundry.proposeFix', FAILURE).then(() => {
      isLeft = true;
    });
    await until('the fix is looked at', isProposed);
    // The diff is the active editor before the list is left, too.
    await acceptUntil('the list is left', () => isLeft && isProposed());
  }

  it('shows a diff, and changes nothing by it', async () => {
    const former = readFileSync(file('pressure.py').fsPath);
    await lookAtFix();
    const diff = shownDiff();
    assert.equal(diff?.original.fsPath, file('pressure.py').fsPath);
    const proposed = await vscode.workspace.openTextDocument(diff.modified);
    assert.match(proposed.getText(), /if reading is None:/);
    assert.deepEqual(readFileSync(file('pressure.py').fsPath), former);
    const dirty = vscode.workspace.textDocuments.filter(
      ({ isDirty, uri }) => isDirty && uri.fsPath.startsWith(folder.path),
    );
    assert.deepEqual(
      dirty.map(({ fileName }) => fileName),
      [],
    );
  });

  it('writes the fix when it is accepted, and one step takes it back', async () => {
    await lookAtFix();
    await vscode.commands.executeCommand('patternFoundry.acceptFix');
    const document = await vscode.workspace.openTextDocument(file('pressure.py'));
    const guard = GUARD.replaceAll('\n', '\r\n');
    assert.equal(document.getText(), convert('convert_pressure', GUARD).replaceAll('\n', '\r\n'));
    assert.ok(document.getText().includes(guard));
    assert.equal(isProposed(), false);
    assert.equal(vscode.window.activeTextEditor?.document, document);
    await vscode.commands.executeCommand('undo');
    await until('the fix is taken back', () => !document.getText().includes('None'));
    assert.equal(document.getText(), convert('convert_pressure').replaceAll('\n', '\r\n'));
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('changes nothing where the file was changed meanwhile', async () => {
    await lookAtFix();
    const document = await vscode.workspace.openTextDocument(file('pressure.py'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# mine\n');
    await vscode.workspace.applyEdit(edit);
    const mine = document.getText();
    await vscode.commands.executeCommand('patternFoundry.acceptFix');
    assert.equal(document.getText(), mine);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });
});
