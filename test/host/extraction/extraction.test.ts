import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';

import {
  wholeFolder,
  extractManually,
} from '../../../src/extension/commands/extract/manualExtraction.ts';
import { shareOf } from '../../../src/extension/jobs/share.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { functionNamed } from '../support/functionNamed.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { knows } from '../support/knownNames.ts';
import { openShell } from '../support/theShell.ts';
import { untilIdle } from '../support/untilIdle.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

describe('extracting in the editor', () => {
  let shell: Shell;
  let repository: TestRepository;
  let folder: vscode.Uri;

  before(async () => {
    shell = await openShell();
    // Nothing comes between that nobody asked for.
    await setAutoExtraction('never');
    repository = createRepository();
    repository.commit([
      { message: 'Add rows', files: { 'rows.js': functionNamed('keepByHand', 0) } },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    folder = vscode.Uri.file(repository.folder);
    await addFolder(folder);
    await untilIdle(shell);
  });

  after(async () => {
    await setAutoExtraction('onSave');
    await closeEditors();
    await removeFolder(folder);
    repository.remove();
  });

  it('learns from a folder', async () => {
    await vscode.commands.executeCommand('patternFoundry.extractFolder', folder);
    assert.equal(await knows(shell, 'keepByHand'), true);
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('keeps each function of the selection', async () => {
    const selected = functionNamed('keepSelected', 1);
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: selected + functionNamed('keepUnselected', 2),
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, selected.split('\n').length - 1, 0);
    await vscode.commands.executeCommand('patternFoundry.extractSelection');
    assert.equal(await knows(shell, 'keepSelected'), true);
    assert.equal(await knows(shell, 'keepUnselected'), false);
  });

  it('reads a selection as what the editor takes the file for', async () => {
    const file = join(repository.folder, 'script');
    const code = functionNamed('keepOfScript', 27);
    writeFileSync(file, code);
    const opened = await vscode.workspace.openTextDocument(file);
    const document = await vscode.languages.setTextDocumentLanguage(opened, 'javascript');
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, code.split('\n').length - 1, 0);
    await vscode.commands.executeCommand('patternFoundry.extractSelection');
    assert.equal(await knows(shell, 'keepOfScript'), true);
  });

  it('learns from all that is selected in the explorer', async () => {
    const places = ['left/a.js', 'right/b.js', 'c.js', 'unselected/d.js'];
    for (const [index, place] of places.entries()) {
      const file = join(repository.folder, place);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, functionNamed(`keepChosen${index}`, 28 + index));
    }
    const selected = ['left', 'right', 'c.js'].map((name) => vscode.Uri.joinPath(folder, name));
    await vscode.commands.executeCommand('patternFoundry.extractFolder', selected[0], selected);
    const known = await Promise.all(places.map((_, index) => knows(shell, `keepChosen${index}`)));
    assert.deepEqual(known, [true, true, true, false]);
  });

  it('pauses until it is told to go on', async () => {
    await vscode.commands.executeCommand('patternFoundry.pause');
    assert.equal(shell.jobs.status.state, 'paused');
    const asked = shell.jobs.start({ folder, paths: [], history: false, origin: 'automatic' });
    assert.deepEqual(shell.jobs.status, { state: 'paused', waiting: 1 });
    await vscode.commands.executeCommand('patternFoundry.resume');
    assert.notEqual(await asked, undefined);
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('stops when it is told to, and drops what waits', async () => {
    const running = shell.jobs.start({ folder, history: true, origin: 'person' });
    const waiting = shell.jobs.start({ folder, history: true, origin: 'automatic' });
    await vscode.commands.executeCommand('patternFoundry.cancel');
    assert.equal((await running)?.stopped ?? true, true);
    assert.equal(await waiting, undefined);
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('goes on with the other folders when one fails, and then says so', async () => {
    writeFileSync(join(folder.fsPath, 'still.js'), functionNamed('keepInSpiteOfAll', 3));
    const requests = [vscode.Uri.file('/nowhere'), folder].map((place) => wholeFolder(place));
    await assert.rejects(extractManually(shell, requests), { code: 'folder-not-found' });
    assert.equal(await knows(shell, 'keepInSpiteOfAll'), true);
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('is done with all of several folders only when it is done with the last', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    const seen: { readonly number: number; readonly of: number; readonly share: number }[] = [];
    const listener = shell.jobs.onDidChange((status) => {
      if (status.state === 'extracting') seen.push({ ...status.turn, share: shareOf(status) });
    });
    await extractManually(shell, [first.uri, folder].map(wholeFolder));
    listener.dispose();
    const second = seen.filter(({ number, of }) => number === 2 && of === 2);
    assert.ok(second.length > 0);
    assert.ok(second.every(({ share }) => share >= 0.5));
    const firstOfTwo = seen.filter(({ number, of }) => number === 1 && of === 2);
    assert.ok(firstOfTwo.length > 0);
    assert.ok(firstOfTwo.every(({ share }) => share <= 0.5));
  });

  it('drops the work of a folder that is closed and of repositories in it, and no other', async () => {
    const other = createRepository();
    const uri = vscode.Uri.file(other.folder);
    await addFolder(uri);
    await vscode.commands.executeCommand('patternFoundry.pause');
    const start = (place: vscode.Uri): ReturnType<Shell['jobs']['start']> =>
      shell.jobs.start({ folder: place, paths: [], history: false, origin: 'automatic' });
    const [closed, within, open] = [uri, vscode.Uri.joinPath(uri, 'inner'), folder].map(start);
    await removeFolder(uri);
    assert.deepEqual(await Promise.all([closed, within]), [undefined, undefined]);
    await vscode.commands.executeCommand('patternFoundry.resume');
    assert.equal((await open)?.stopped, false);
    other.remove();
  });
});
