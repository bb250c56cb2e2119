import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { JobRequest, Shell } from '../../../src/extension/shell.ts';
import { COUNT_WORDS, FIND_CYCLE, MERGE_SORTED, ROUND } from '../../support/engine/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { functionNamed } from '../support/functionNamed.ts';
import { openJobWatch, type JobWatch } from '../support/jobWatch.ts';
import { knownNames, knows } from '../support/knownNames.ts';
import { openShell } from '../support/theShell.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const TYPED = functionNamed('keepUnsaved', 19);

describe('extracting a file', () => {
  let shell: Shell;
  let project: TemporaryFolder;
  let folder: vscode.Uri;
  let jobs: JobWatch;

  before(async () => {
    shell = await openShell();
    project = createTemporaryFolder({
      'typed.js': '',
      'auto.js': '',
      'conflict.js': '',
      'one.js': ROUND,
      'two.js': COUNT_WORDS,
      'left.js': FIND_CYCLE,
      'notes.txt': 'nothing to learn from\n',
    });
    folder = vscode.Uri.file(project.path);
    await addFolder(folder);
    await saveAutomatically(false);
    jobs = openJobWatch(shell);
  });

  after(async () => {
    jobs.close();
    await closeEditors();
    await saveAutomatically(undefined);
    await removeFolder(folder);
    project.remove();
  });

  function at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, name);
  }

  function requests(): readonly JobRequest[] {
    return jobs.requests('person', folder);
  }

  async function type(name: string, text: string): Promise<vscode.TextDocument> {
    const document = await vscode.workspace.openTextDocument(at(name));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((builder) => {
      builder.insert(new vscode.Position(0, 0), text);
    });
    assert.deepEqual([document.isDirty, document.getText()], [true, text]);
    return document;
  }

  it('saves it first and reads no other', async () => {
    const document = await type('typed.js', MERGE_SORTED);
    await vscode.commands.executeCommand('patternFoundry.extractFile');
    assert.equal(document.isDirty, false);
    assert.equal(readFileSync(join(project.path, 'typed.js'), 'utf8'), MERGE_SORTED);
    const names = await knownNames(shell);
    assert.ok(names.includes('mergeSorted'));
    assert.ok(!names.includes('roundToCoins'));
  });

  it('waits for an auto save, during which VS Code takes no other', async () => {
    const steps = new EventEmitter();
    const begun = once(steps, 'begun');
    const released = once(steps, 'released');
    const asked = vscode.workspace.onWillSaveTextDocument((event) => {
      if (event.reason !== vscode.TextDocumentSaveReason.AfterDelay) return;
      event.waitUntil(released);
      steps.emit('begun');
    });
    await saveAutomatically(true);
    try {
      const document = await type('auto.js', functionNamed('keepAutoSaved', 4));
      await begun;
      const extracted = vscode.commands.executeCommand('patternFoundry.extractFile');
      assert.equal(await document.save(), false);
      steps.emit('released');
      await extracted;
      assert.equal(await knows(shell, 'keepAutoSaved'), true);
    } finally {
      asked.dispose();
      await saveAutomatically(false);
    }
  });

  it('reads nothing of a file that VS Code cannot save', async () => {
    const before = requests().length;
    const document = await type('conflict.js', TYPED);
    writeFileSync(join(project.path, 'conflict.js'), functionNamed('keepUnread', 20));
    await vscode.commands.executeCommand('patternFoundry.extractFile');
    assert.equal(requests().length, before);
    const names = await knownNames(shell);
    assert.ok(!names.includes('keepUnsaved') && !names.includes('keepUnread'));
    assert.deepEqual([document.isDirty, document.getText()], [true, TYPED]);
  });

  it('takes all that are selected in the explorer at once', async () => {
    const selected = ['one.js', 'notes.txt', 'two.js'].map((name) => at(name));
    await vscode.commands.executeCommand('patternFoundry.extractFile', selected[0], selected);
    assert.deepEqual(requests().at(-1)?.paths, ['one.js', 'two.js']);
    const names = await knownNames(shell);
    assert.ok(names.includes('roundToCoins') && names.includes('countWords'));
    assert.ok(!names.includes('findCycle'));
  });

  it('starts nothing for a file that holds no code', async () => {
    const before = requests().length;
    await vscode.commands.executeCommand('patternFoundry.extractFile', at('notes.txt'));
    assert.equal(requests().length, before);
  });
});

/** @param wanted `undefined` for what it was before */
async function saveAutomatically(wanted: boolean | undefined): Promise<void> {
  const value = wanted === undefined ? undefined : wanted ? 'afterDelay' : 'off';
  const configuration = vscode.workspace.getConfiguration('files');
  await configuration.update('autoSave', value, vscode.ConfigurationTarget.Global);
}
