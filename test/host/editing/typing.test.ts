import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Progress } from '../../../src/core/model/api/watch.ts';
import type { JobRequest, Shell } from '../../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { untilIdle } from '../support/untilIdle.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

/** Enough that a job is still at it when the next key is pressed. */
const FILES = 400;
const LINES = 80;
/** Enough that a job that does not rest gets on meanwhile. */
const KEYS = 20;

describe('while a person types', () => {
  let shell: Shell;
  let project: TemporaryFolder;
  let folder: vscode.Uri;
  let editor: vscode.TextEditor;

  before(async () => {
    shell = await openShell();
    // Nothing comes between that the tests did not ask for.
    await setAutoExtraction('never');
    project = createTemporaryFolder(
      Object.fromEntries(
        Array.from({ length: FILES }, (_, index) => [`${index}.js`, toSource(index)]),
      ),
    );
    folder = vscode.Uri.file(project.path);
    await addFolder(folder);
    const document = await vscode.workspace.openTextDocument({ content: '' });
    editor = await vscode.window.showTextDocument(document);
    await untilIdle(shell);
  });

  after(async () => {
    await setAutoExtraction('onSave');
    await closeEditors();
    await removeFolder(folder);
    project.remove();
  });

  /** Presses a key and waits until the text has changed. */
  async function press(onChange = (): void => undefined): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document !== editor.document) return;
        listener.dispose();
        onChange();
        resolve();
      });
    });
    await vscode.commands.executeCommand('type', { text: 'x' });
    await changed;
  }

  it('a job of their own comes before one that nobody asked for', async () => {
    const other = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(other);
    const nothing = { paths: [], history: false };
    const ended: string[] = [];
    const start = async (origin: JobRequest['origin'], place: vscode.Uri): Promise<void> => {
      await shell.jobs.start({ folder: place, ...nothing, origin });
      ended.push(origin);
    };
    let jobs: readonly Promise<void>[] = [];
    await press(() => {
      jobs = [start('automatic', folder), start('person', other)];
    });
    await Promise.all(jobs);
    assert.deepEqual(ended, ['person', 'automatic']);
  });

  it('a job that nobody asked for rests, and it ends when they stop', async () => {
    const files = (): Progress | undefined => {
      const { status } = shell.jobs;
      const progress = status.state === 'extracting' ? status.progress : undefined;
      return progress?.stage === 'files' && progress.done < FILES ? progress : undefined;
    };
    const job = shell.jobs.start({ folder, history: false, origin: 'automatic' });
    await until('the first files are read', () => files() !== undefined);
    await until('it rests', async () => {
      const before = files();
      assert.ok(before !== undefined, 'it went on to its end');
      for (let key = 0; key < KEYS; key += 1) await press();
      return files()?.done === before.done;
    });
    assert.equal((await job)?.files.parsed, FILES);
  });
});

/** Long enough to be read for a while. */
function toSource(index: number): string {
  const sums = Array.from({ length: LINES }, (_, line) => `  if (price > ${line}) sum += price;\n`);
  return `export function sumOf${index}(price) {\n  let sum = 0;\n${sums.join('')}  return sum;\n}\n`;
}
