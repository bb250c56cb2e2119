import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { JobRequest, Shell } from '../../src/extension/shell.ts';
import { COUNT_WORDS, FIND_CYCLE, MERGE_SORTED, ROUND } from '../support/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { closeEditors } from './support/closeEditors.ts';
import { openShell } from './support/theShell.ts';
import { until } from './support/until.ts';
import { addFolder, removeFolder } from './support/workspaceFolders.ts';

describe('extracting a file', () => {
  let shell: Shell;
  let project: TemporaryFolder;
  let folder: vscode.Uri;
  let watch: vscode.Disposable;
  const requests: JobRequest[] = [];

  before(async () => {
    shell = await openShell();
    project = createTemporaryFolder({
      'typed.js': '',
      'one.js': ROUND,
      'two.js': COUNT_WORDS,
      'left.js': FIND_CYCLE,
      'notes.txt': 'nothing to learn from\n',
    });
    folder = vscode.Uri.file(project.path);
    await addFolder(folder);
    watch = shell.jobs.onDidChange((status) => {
      if (status.state === 'extracting' && status.request !== requests.at(-1)) {
        requests.push(status.request);
      }
    });
  });

  after(async () => {
    watch.dispose();
    await closeEditors();
    await removeFolder(folder);
    project.remove();
  });

  function at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, name);
  }

  async function known(): Promise<readonly string[]> {
    const { patterns } = await shell.connection.engine.list({}, 1000);
    return patterns.map(({ name }) => name);
  }

  it('saves it first and reads no other', async () => {
    const document = await vscode.workspace.openTextDocument(at('typed.js'));
    const editor = await vscode.window.showTextDocument(document);
    // A file that was made a moment ago may be read again, and what was typed meanwhile is lost.
    await until('the file is edited', async () => {
      const all = document.validateRange(new vscode.Range(0, 0, 1000, 0));
      await editor.edit((builder) => {
        builder.replace(all, MERGE_SORTED);
      });
      return document.isDirty && document.getText() === MERGE_SORTED;
    });
    await vscode.commands.executeCommand('patternFoundry.extractFile');
    assert.deepEqual([document.isDirty, document.getText()], [false, MERGE_SORTED]);
    assert.equal(readFileSync(join(project.path, 'typed.js'), 'utf8'), MERGE_SORTED);
    const names = await known();
    assert.ok(names.includes('mergeSorted'));
    assert.ok(!names.includes('roundToCoins'));
  });

  it('takes all that are selected in the explorer at once', async () => {
    const selected = ['one.js', 'notes.txt', 'two.js'].map((name) => at(name));
    await vscode.commands.executeCommand('patternFoundry.extractFile', selected[0], selected);
    assert.deepEqual(requests.at(-1)?.paths, ['one.js', 'two.js']);
    const names = await known();
    assert.ok(names.includes('roundToCoins') && names.includes('countWords'));
    assert.ok(!names.includes('findCycle'));
  });

  it('starts nothing for a file that holds no code', async () => {
    const before = requests.length;
    await vscode.commands.executeCommand('patternFoundry.extractFile', at('notes.txt'));
    assert.equal(requests.length, before);
  });
});
