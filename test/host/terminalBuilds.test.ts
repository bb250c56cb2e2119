import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { JobRequest, Shell } from '../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';
import { keepUp } from './support/keepingUp.ts';
import { openShell } from './support/theShell.ts';
import { until } from './support/until.ts';
import { addFolder, removeFolder } from './support/workspaceFolders.ts';

/** Named like a program that tests; ends with the code it is told. */
const JEST = '#!/bin/sh\nexit "$1"\n';

const SHARE_OUT = `/** Shares an amount out, and what is left over to the first ones. */
export function shareOut(amount, people) {
  const share = Math.floor(amount / people.length);
  let left = amount - share * people.length;
  return people.map((person) => {
    if (left === 0) return { person, share };
    left -= 1;
    return { person, share: share + 1 };
  });
}
`;

const TURN_AROUND = `/** Turns a list of links around. */
export function turnAround(first) {
  let before = null;
  for (let link = first; link !== null; ) {
    const next = link.next;
    link.next = before;
    if (next === null) return link;
    before = link;
    link = next;
  }
  return before;
}
`;

describe('a build that is typed into a terminal', () => {
  let shell: Shell;
  let failing: TemporaryFolder;
  let passing: TemporaryFolder;
  const automatic: JobRequest[] = [];
  const disposables: { dispose(): unknown }[] = [];

  before(async () => {
    shell = await openShell();
    failing = await openProject();
    passing = await openProject();
    await keepUp('afterSuccessfulBuild');
    disposables.push(
      shell.jobs.onDidChange((status) => {
        if (status.state === 'extracting' && status.request.origin === 'automatic') {
          automatic.push(status.request);
        }
      }),
    );
  });

  after(async () => {
    for (const disposable of disposables) disposable.dispose();
    await keepUp('onSave');
    for (const project of [failing, passing]) {
      await removeFolder(vscode.Uri.file(project.path));
      project.remove();
    }
  });

  async function openProject(): Promise<TemporaryFolder> {
    const project = createTemporaryFolder({ jest: JEST });
    chmodSync(join(project.path, 'jest'), 0o755);
    const uri = vscode.Uri.file(project.path);
    await addFolder(uri);
    await vscode.commands.executeCommand('patternFoundry.extractFolder', uri);
    return project;
  }

  async function knows(name: string): Promise<boolean> {
    const { patterns } = await shell.connection.engine.list({}, 1000);
    return patterns.some((pattern) => pattern.name === name);
  }

  /** Types a line as a person would and waits until its command has ended. */
  async function type({ path }: TemporaryFolder, line: string): Promise<number | undefined> {
    const terminal = vscode.window.createTerminal({ cwd: path, shellPath: '/bin/bash' });
    disposables.push(terminal);
    await until('the shell says what it runs', () => terminal.shellIntegration !== undefined);
    const ended = new Promise<number | undefined>((resolve) => {
      disposables.push(
        vscode.window.onDidEndTerminalShellExecution(({ execution, exitCode }) => {
          if (execution.commandLine.value === line) resolve(exitCode);
        }),
      );
    });
    terminal.sendText(line);
    return ended;
  }

  it('is followed where it went well, and nowhere else', async () => {
    failing.write({ 'built.js': SHARE_OUT });
    passing.write({ 'built.js': TURN_AROUND });
    assert.equal(await type(failing, './jest 1'), 1);
    assert.equal(await type(passing, './jest 0'), 0);
    await until('what was built is known', () => knows('turnAround'));
    // What came of the first would have come before.
    assert.deepEqual(
      automatic.map(({ folder }) => folder.fsPath).filter((path) => path === failing.path),
      [],
    );
    assert.equal(await knows('shareOut'), false);
  });
});
