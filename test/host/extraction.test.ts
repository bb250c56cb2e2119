import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import { everythingOf, extractByHand } from '../../src/extension/commands/byHand.ts';
import { shareOf } from '../../src/extension/jobs/share.ts';
import type { JobRequest, JobsStatus, Shell } from '../../src/extension/shell.ts';
import { createRepository, type TestRepository } from '../support/repository.ts';
import { keepUp } from './support/keepingUp.ts';
import { openShell } from './support/theShell.ts';
import { until } from './support/until.ts';
import { addFolder, removeFolder } from './support/workspaceFolders.ts';

/** A function worth keeping. Names alone do not tell patterns apart, so each has its own length. */
function functionNamed(name: string, steps = 1): string {
  const more = Array.from({ length: steps }, (_, step) => `  kept.push(limit * ${step});\n`);
  return `export function ${name}(rows, limit) {
  const kept = [];
  for (const row of rows) {
    if (row.size > limit && !row.hidden) kept.push(row.name);
    else if (row.pinned) kept.unshift(row.name);
  }
${more.join('')}  return kept;
}
`;
}

describe('extracting in the editor', () => {
  let shell: Shell;
  let repository: TestRepository;
  let folder: vscode.Uri;
  const requests: JobRequest[] = [];
  const listeners: vscode.Disposable[] = [];

  before(async function () {
    shell = await openShell();
    repository = createRepository();
    repository.commit([
      { message: 'Add rows', files: { 'rows.js': functionNamed('keepLargeRows') } },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    folder = vscode.Uri.file(repository.folder);
    listeners.push(
      shell.jobs.onDidChange((status) => {
        if (status.state === 'extracting' && status.request !== requests.at(-1)) {
          requests.push(status.request);
        }
      }),
    );
    await addFolder(folder);
  });

  after(async () => {
    for (const listener of listeners) listener.dispose();
    await keepUp('onSave');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeFolder(folder);
    repository.remove();
  });

  async function knows(name: string): Promise<boolean> {
    const { patterns } = await shell.connection.engine.list({}, 1000);
    return patterns.some((pattern) => pattern.name === name);
  }

  function automaticRequests(): readonly JobRequest[] {
    return requests.filter(
      (request) => request.origin === 'automatic' && isSame(request.folder, folder),
    );
  }

  it('leaves a folder alone that was never extracted', async () => {
    await write('rows.js', functionNamed('keepLargeRows') + functionNamed('keepNothingYet'));
    await shell.connection.engine.stats();
    assert.deepEqual(automaticRequests(), []);
  });

  it('learns from a folder when it is told to', async () => {
    await vscode.commands.executeCommand('patternFoundry.extractFolder', folder);
    assert.equal(await knows('keepLargeRows'), true);
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('learns from a file that is saved, and reads no other', async () => {
    await write('rows.js', functionNamed('keepWhatWasSaved'));
    await until('the saved function is known', () => knows('keepWhatWasSaved'));
    assert.deepEqual(automaticRequests().at(-1)?.paths, ['rows.js']);
  });

  it('forgets what was only in a file that is deleted', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(vscode.Uri.joinPath(folder, 'gone.js'), {
      contents: Buffer.from(functionNamed('keepForAMoment', 2)),
    });
    await vscode.workspace.applyEdit(edit);
    await until('the created function is known', () => knows('keepForAMoment'));
    const deletion = new vscode.WorkspaceEdit();
    deletion.deleteFile(vscode.Uri.joinPath(folder, 'gone.js'));
    await vscode.workspace.applyEdit(deletion);
    await until('the deleted function is gone', async () => !(await knows('keepForAMoment')));
  });

  it('learns from a file that another program writes', async () => {
    writeFileSync(join(folder.fsPath, 'elsewhere.js'), functionNamed('keepWhatOthersWrote', 7));
    await until('the written function is known', () => knows('keepWhatOthersWrote'));
    assert.deepEqual(automaticRequests().at(-1)?.paths, ['elsewhere.js']);
  });

  it('hears of a new commit', async () => {
    const before = automaticRequests().length;
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'Fix rows that were lost');
    // What the editor does by itself now and then.
    await vscode.commands.executeCommand('git.refresh', folder);
    await until('its history is read', () =>
      automaticRequests()
        .slice(before)
        .some((request) => request.history),
    );
    await untilIdle();
  });

  it('picks up changes after a build that went well, and not after one that did not', async () => {
    await keepUp('afterSuccessfulBuild');
    const before = automaticRequests().length;
    await write('rows.js', functionNamed('keepWhatWasBuilt'));
    await run('exit 1');
    assert.equal(automaticRequests().length, before);
    assert.equal(await knows('keepWhatWasBuilt'), false);
    await run('exit 0');
    await until('the built function is known', () => knows('keepWhatWasBuilt'));
    await keepUp('onSave');
    await untilIdle();
  });

  it('picks up nothing where the setting says never', async () => {
    await keepUp('never');
    const before = automaticRequests().length;
    await write('rows.js', functionNamed('keepUnheardOf'));
    await run('exit 0');
    await vscode.commands.executeCommand(
      'patternFoundry.extractFile',
      vscode.Uri.joinPath(folder, 'rows.js'),
    );
    assert.equal(automaticRequests().length, before);
    assert.equal(await knows('keepUnheardOf'), true);
    await keepUp('onSave');
  });

  it('keeps each function of the selection', async () => {
    const selected = functionNamed('keepSelected', 3);
    const document = await vscode.workspace.openTextDocument({
      language: 'javascript',
      content: selected + functionNamed('keepUnselected', 4),
    });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 0, selected.split('\n').length - 1, 0);
    await vscode.commands.executeCommand('patternFoundry.extractSelection');
    assert.equal(await knows('keepSelected'), true);
    assert.equal(await knows('keepUnselected'), false);
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
    const wishes = [vscode.Uri.file('/nowhere'), folder].map((place) => everythingOf(place));
    await assert.rejects(extractByHand(shell, wishes), { code: 'folder-not-found' });
    assert.equal(shell.jobs.status.state, 'idle');
  });

  it('is done with all of several folders only when it is done with the last', async () => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    const seen: { readonly number: number; readonly of: number; readonly share: number }[] = [];
    const listener = shell.jobs.onDidChange((status) => {
      if (status.state === 'extracting') seen.push({ ...status.turn, share: shareOf(status) });
    });
    await extractByHand(shell, [first.uri, folder].map(everythingOf));
    listener.dispose();
    const second = seen.filter(({ number, of }) => number === 2 && of === 2);
    assert.ok(second.length > 0);
    assert.ok(second.every(({ share }) => share >= 0.5));
    const firstOfTwo = seen.filter(({ number, of }) => number === 1 && of === 2);
    assert.ok(firstOfTwo.length > 0);
    assert.ok(firstOfTwo.every(({ share }) => share <= 0.5));
  });

  it('drops the work of a folder that is closed', async () => {
    const other = createRepository();
    const uri = vscode.Uri.file(other.folder);
    await addFolder(uri);
    await vscode.commands.executeCommand('patternFoundry.pause');
    const asked = shell.jobs.start({ folder: uri, history: false, origin: 'automatic' });
    await removeFolder(uri);
    assert.equal(await asked, undefined);
    await vscode.commands.executeCommand('patternFoundry.resume');
    other.remove();
  });

  async function write(name: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, name));
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, all, text);
    await vscode.workspace.applyEdit(edit);
    assert.equal(await document.save(), true);
  }

  /** Runs a build task to its end. */
  async function run(commandLine: string): Promise<void> {
    const open = vscode.workspace.getWorkspaceFolder(folder);
    assert.ok(open);
    const execution = new vscode.ShellExecution(commandLine);
    const task = new vscode.Task({ type: 'shell' }, open, commandLine, 'test', execution);
    task.group = vscode.TaskGroup.Build;
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        if (event.execution.task.name !== commandLine) return;
        listener.dispose();
        resolve();
      });
    });
    await vscode.tasks.executeTask(task);
    await ended;
  }

  async function untilIdle(): Promise<void> {
    await until('nothing is extracted', () => isIdle(shell.jobs.status));
  }
});

function isIdle(status: JobsStatus): boolean {
  return status.state === 'idle' && status.waiting === 0;
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}
