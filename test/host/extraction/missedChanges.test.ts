import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { OpenJobs } from '../../../src/extension/jobs/jobs.ts';
import type { JobRequest, Shell } from '../../../src/extension/shell.ts';
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

/** Enough that the last ones are not read before the first one was told of. */
const FILES = 200;
const LINES = 80;

describe('what changed while it could not be learned from', () => {
  let shell: Shell;
  let project: TemporaryFolder;
  let folder: vscode.Uri;
  /** Is kept up to date from the first test to the last. */
  let other: TemporaryFolder;
  let jobs: JobWatch;

  before(async () => {
    shell = await openShell();
    jobs = openJobWatch(shell);
    project = createTemporaryFolder({
      'saved.js': '',
      'also.js': '',
      ...Object.fromEntries(Array.from({ length: FILES }, (_, index) => toFile(index))),
    });
    other = createTemporaryFolder({ 'later.js': '' });
    folder = vscode.Uri.file(project.path);
    for (const { path } of [project, other]) await addFolder(vscode.Uri.file(path));
    await extract(vscode.Uri.file(other.path));
  });

  after(async () => {
    jobs.close();
    shell.connection.rest(false);
    await closeEditors();
    for (const { path } of [project, other]) await removeFolder(vscode.Uri.file(path));
    project.remove();
    other.remove();
  });

  function at(name: string): vscode.Uri {
    return vscode.Uri.joinPath(folder, name);
  }

  function requests(): readonly JobRequest[] {
    return jobs.requests('automatic', folder);
  }

  function trouble(): string | undefined {
    return (shell.jobs as OpenJobs).trouble?.code;
  }

  async function extract(place: vscode.Uri): Promise<void> {
    await vscode.commands.executeCommand('patternFoundry.extractFolder', place);
  }

  async function learnOfOther(name: string, size: number): Promise<void> {
    await learnBySave(shell, vscode.Uri.file(join(other.path, 'later.js')), { name, size });
  }

  it('because its folder was being extracted for the first time is learned after that', async () => {
    const listed = new Promise<void>((resolve) => {
      const listener = shell.jobs.onDidChange((status) => {
        if (status.state !== 'extracting' || status.progress?.stage !== 'files') return;
        listener.dispose();
        shell.connection.rest(true);
        resolve();
      });
    });
    const extracted = extract(folder);
    await listed;
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(at('late.js'), { contents: Buffer.from(functionNamed('keepLate', 21)) });
    await vscode.workspace.applyEdit(edit);
    shell.connection.rest(false);
    await extracted;
    await until('the late function is known', () => knows(shell, 'keepLate'));
    await untilIdle(shell);
  });

  it('because its job was cancelled is learned together with the next change', async () => {
    const cancelled = new Promise<void>((resolve) => {
      const listener = shell.jobs.onDidChange((status) => {
        if (status.state !== 'extracting' || status.request.paths?.[0] !== 'saved.js') return;
        listener.dispose();
        shell.jobs.cancel();
        resolve();
      });
    });
    await saveFile(at('saved.js'), functionNamed('keepCancelled', 22));
    await cancelled;
    await untilIdle(shell);
    const before = requests().length;
    await learnOfOther('keepOfOtherMeanwhile', 23);
    assert.equal(requests().length, before);
    assert.equal(await knows(shell, 'keepCancelled'), false);
    await saveFile(at('also.js'), functionNamed('keepAfterwards', 24));
    await until('the next function is known', () => knows(shell, 'keepAfterwards'));
    assert.equal(await knows(shell, 'keepCancelled'), true);
    assert.deepEqual(requests().at(-1)?.paths?.toSorted(), ['also.js', 'saved.js']);
  });

  it('because another library was set is learned when the one before is set again', async () => {
    const configuration = vscode.workspace.getConfiguration('patternFoundry');
    const setLibrary = (path: string | undefined): Thenable<void> =>
      configuration.update('libraryPath', path, vscode.ConfigurationTarget.Global);
    await setLibrary(join(other.path, 'library'));
    assert.equal(shell.known.isExtracted(folder), false);
    writeFileSync(at('elsewhere.js').fsPath, functionNamed('keepInTheOneBefore', 18));
    assert.equal(await knows(shell, 'keepLate'), false);
    await setLibrary(undefined);
    assert.equal(shell.known.isExtracted(folder), true);
    await until('it is known', () => knows(shell, 'keepInTheOneBefore'));
    await untilIdle(shell);
  });

  it('because it was left out by the settings is learned when they change, and forgotten too', async () => {
    const configuration = vscode.workspace.getConfiguration('patternFoundry', folder);
    const leaveOut = (paths: readonly string[] | undefined): Thenable<void> =>
      configuration.update('extraction.exclude', paths, vscode.ConfigurationTarget.WorkspaceFolder);
    await leaveOut(['late.js']);
    await until('it is forgotten', async () => !(await knows(shell, 'keepLate')));
    await leaveOut(undefined);
    await until('it is known again', () => knows(shell, 'keepLate'));
    await untilIdle(shell);
  });

  it('because its folder cannot be read is told of until it can, or is not to be', async () => {
    const config = at('.pattern-foundry.yaml').fsPath;
    writeFileSync(config, 'extraction: 3\n');
    await until('it is told', () => trouble() === 'bad-config');
    await learnOfOther('keepInSpiteOfTrouble', 25);
    assert.equal(trouble(), 'bad-config');
    await setAutoExtraction('never', folder);
    assert.equal(trouble(), undefined);
    await setAutoExtraction(undefined, folder);
    await until('it is told again', () => trouble() === 'bad-config');
    rmSync(config);
    await until('all is well', () => trouble() === undefined);
    await untilIdle(shell);
  });

  it('because another program made its folder is learned, and forgotten with the folder', async () => {
    const inner = at('inner').fsPath;
    const made = join(other.path, 'made');
    mkdirSync(made);
    writeFileSync(join(made, 'deep.js'), functionNamed('keepDeep', 26));
    renameSync(made, inner);
    await until('it is known', () => knows(shell, 'keepDeep'));
    rmSync(inner, { recursive: true });
    await until('it is forgotten', async () => !(await knows(shell, 'keepDeep')));
    await untilIdle(shell);
  });
});

/** Long enough to be read for a while. */
function toFile(index: number): readonly [string, string] {
  const sums = Array.from({ length: LINES }, (_, line) => `  if (cost > ${line}) all += cost;\n`);
  const text = `export function costOf${index}(cost) {\n  let all = 0;\n${sums.join('')}  return all;\n}\n`;
  return [`many/${index}.js`, text];
}
