import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { JobRequest, Shell } from '../../../src/extension/shell.ts';
import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { functionNamed } from '../support/functionNamed.ts';
import { openJobWatch, type JobWatch } from '../support/jobWatch.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { knows } from '../support/knownNames.ts';
import { learnBySave } from '../support/learnBySave.ts';
import { saveFile } from '../support/saveFile.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { untilIdle } from '../support/untilIdle.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

describe('keeping up with a folder', () => {
  let shell: Shell;
  let repository: TestRepository;
  let folder: vscode.Uri;
  /** Is kept up to date from the first test to the last. */
  let other: TemporaryFolder;
  let jobs: JobWatch;

  before(async () => {
    shell = await openShell();
    jobs = openJobWatch(shell);
    repository = createRepository();
    repository.commit([
      { message: 'Add rows', files: { 'rows.js': functionNamed('keepLargeRows', 5) } },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    folder = vscode.Uri.file(repository.folder);
    await addFolder(folder);
    other = createTemporaryFolder({ 'later.js': '' });
    await addFolder(vscode.Uri.file(other.path));
    await vscode.commands.executeCommand(
      'patternFoundry.extractFolder',
      vscode.Uri.file(other.path),
    );
  });

  after(async () => {
    jobs.close();
    await setAutoExtraction('onSave');
    await closeEditors();
    for (const path of [folder.fsPath, other.path]) await removeFolder(vscode.Uri.file(path));
    repository.remove();
    other.remove();
  });

  function at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, name);
  }

  function requests(): readonly JobRequest[] {
    return jobs.requests('automatic', folder);
  }

  async function learnOfOther(name: string, size: number): Promise<void> {
    await learnBySave(shell, vscode.Uri.file(join(other.path, 'later.js')), { name, size });
  }

  it('waits until it was extracted once', async () => {
    const notYet = functionNamed('keepNothingYet', 6);
    await saveFile(at('rows.js'), functionNamed('keepLargeRows', 5) + notYet);
    await learnOfOther('keepOfOther', 7);
    assert.deepEqual(requests(), []);
    assert.equal(await knows(shell, 'keepNothingYet'), false);
    await vscode.commands.executeCommand('patternFoundry.extractFolder', folder);
    assert.equal(await knows(shell, 'keepLargeRows'), true);
    assert.equal(await knows(shell, 'keepNothingYet'), true);
    await until('what may have come too late is looked for', () => requests().length > 0);
    await untilIdle(shell);
  });

  it('learns from a file that is saved, and reads no other', async () => {
    await saveFile(at('rows.js'), functionNamed('keepWhatWasSaved', 8));
    await until('the saved function is known', () => knows(shell, 'keepWhatWasSaved'));
    assert.deepEqual(requests().at(-1)?.paths, ['rows.js']);
  });

  it('forgets what was only in a file that is deleted', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(at('gone.js'), {
      contents: Buffer.from(functionNamed('keepForAMoment', 9)),
    });
    await vscode.workspace.applyEdit(edit);
    await until('the created function is known', () => knows(shell, 'keepForAMoment'));
    const deletion = new vscode.WorkspaceEdit();
    deletion.deleteFile(at('gone.js'));
    await vscode.workspace.applyEdit(deletion);
    await until(
      'the deleted function is gone',
      async () => !(await knows(shell, 'keepForAMoment')),
    );
  });

  it('learns from a file that another program writes', async () => {
    writeFileSync(join(folder.fsPath, 'elsewhere.js'), functionNamed('keepWhatOthersWrote', 10));
    await until('the written function is known', () => knows(shell, 'keepWhatOthersWrote'));
    assert.deepEqual(requests().at(-1)?.paths, ['elsewhere.js']);
  });

  it('hears of a new commit', async () => {
    const before = requests().length;
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', 'Fix rows that were lost');
    // What the editor does by itself now and then.
    await vscode.commands.executeCommand('git.refresh', folder);
    await until('its history is read', () =>
      requests()
        .slice(before)
        .some((request) => request.history),
    );
    await untilIdle(shell);
  });

  it('picks up nothing where the setting says never, unless it is told to', async () => {
    await setAutoExtraction('onSave', vscode.Uri.file(other.path));
    await setAutoExtraction('never');
    await untilIdle(shell);
    const before = requests().length;
    await saveFile(at('rows.js'), functionNamed('keepUnheardOf', 11));
    await learnOfOther('keepOfOtherStill', 12);
    assert.equal(requests().length, before);
    assert.equal(await knows(shell, 'keepUnheardOf'), false);
    await vscode.commands.executeCommand('patternFoundry.extractFile', at('rows.js'));
    assert.equal(await knows(shell, 'keepUnheardOf'), true);
  });
});
