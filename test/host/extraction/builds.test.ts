import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { functionNamed } from '../support/functionNamed.ts';
import { openJobWatch, type JobWatch } from '../support/jobWatch.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { knows } from '../support/knownNames.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { untilIdle } from '../support/untilIdle.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

/** Named like a program that tests; ends with the code it is told. */
const JEST = '#!/bin/sh\nexit "$1"\n';

/** Builds a project to its end. @returns the exit code, which is what it was told */
type Build = (project: TemporaryFolder, exitCode: number) => Promise<number | undefined>;

describe('a build', () => {
  let shell: Shell;
  let project: TemporaryFolder;
  let other: TemporaryFolder;
  let jobs: JobWatch;
  const disposables: { dispose(): unknown }[] = [];

  before(async () => {
    shell = await openShell();
    jobs = openJobWatch(shell);
    // First: folders that are opened are looked at soon after where it says `onSave`.
    await setAutoExtraction('afterSuccessfulBuild');
    project = await openProject();
    other = await openProject();
  });

  after(async () => {
    jobs.close();
    for (const disposable of disposables) disposable.dispose();
    await setAutoExtraction('onSave');
    for (const opened of [project, other]) {
      await removeFolder(vscode.Uri.file(opened.path));
      opened.remove();
    }
  });

  async function openProject(): Promise<TemporaryFolder> {
    const opened = createTemporaryFolder({ jest: JEST });
    chmodSync(join(opened.path, 'jest'), 0o755);
    const uri = vscode.Uri.file(opened.path);
    await addFolder(uri);
    await vscode.commands.executeCommand('patternFoundry.extractFolder', uri);
    return opened;
  }

  /**
   * Builds the project, which ends with this code and is not followed, and then the other one.
   *
   * @param size of the function that is written to the project; the other gets the next size
   * @returns its name
   */
  async function assertUnheard(build: Build, exitCode: number, size: number): Promise<string> {
    await untilIdle(shell);
    const folder = vscode.Uri.file(project.path);
    const before = jobs.requests('automatic', folder).length;
    const [lost, kept] = [`lost${size}`, `kept${size}`];
    project.write({ 'built.js': functionNamed(lost, size) });
    other.write({ 'built.js': functionNamed(kept, size + 1) });
    assert.equal(await build(project, exitCode), exitCode);
    assert.equal(await build(other, 0), 0);
    await until('what was built is known', () => knows(shell, kept));
    // What came of the first would have come before.
    assert.equal(jobs.requests('automatic', folder).length, before);
    assert.equal(await knows(shell, lost), false);
    return lost;
  }

  /** Types a line as a person would and waits until its command has ended. */
  async function inTerminal(
    { path }: TemporaryFolder,
    exitCode: number,
  ): Promise<number | undefined> {
    const line = `./jest ${exitCode}`;
    const terminal = vscode.window.createTerminal({ cwd: path, shellPath: '/bin/bash' });
    disposables.push(terminal);
    await until('the shell says what it runs', () => terminal.shellIntegration !== undefined);
    const ended = new Promise<number | undefined>((resolve) => {
      disposables.push(
        vscode.window.onDidEndTerminalShellExecution((event) => {
          if (event.terminal === terminal) resolve(event.exitCode);
        }),
      );
    });
    terminal.sendText(line);
    return ended;
  }

  async function asTask({ path }: TemporaryFolder, exitCode: number): Promise<number | undefined> {
    const open = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
    assert.ok(open);
    const execution = new vscode.ShellExecution(`exit ${exitCode}`);
    const task = new vscode.Task({ type: 'shell' }, open, path, 'test', execution);
    task.group = vscode.TaskGroup.Build;
    const ended = new Promise<number | undefined>((resolve) => {
      disposables.push(
        vscode.tasks.onDidEndTaskProcess((event) => {
          if (event.execution.task.name === path) resolve(event.exitCode);
        }),
      );
    });
    await vscode.tasks.executeTask(task);
    return ended;
  }

  for (const { how, build, size } of [
    { how: 'that is typed into a terminal', build: inTerminal, size: 13 },
    { how: 'that is a task', build: asTask, size: 15 },
  ]) {
    it(`${how} is followed when it went well, and not before`, async () => {
      const name = await assertUnheard(build, 1, size);
      assert.equal(await build(project, 0), 0);
      await until('what was built in the end is known', () => knows(shell, name));
    });
  }

  it('is not followed where the setting says never', async () => {
    await setAutoExtraction('never', vscode.Uri.file(project.path));
    await assertUnheard(asTask, 0, 17);
  });
});
