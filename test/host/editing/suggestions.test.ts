import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import { readSeed } from '../../../src/extension/commands/patterns/seed.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { previewTexts } from '../support/previewTexts.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';

const CODE = 'def third_turn(points):\n    """Turns."""\n    return [(-y, x) for x, y in points]';
/** Begins with an empty line: there is no word at the cursor to search for instead. */
const AROUND = '\nthird_turn = points\n';
const NOT_STOPPED = new AbortController().signal;

describe('what Insert Pattern suggests', () => {
  let shell: Shell;
  let folder: TemporaryFolder;

  before(async () => {
    shell = await openShell();
    await shell.connection.engine.curate.add({
      code: CODE,
      language: 'python',
      name: 'third_turn',
    });
    folder = createTemporaryFolder({
      'small.py': AROUND,
      'large.py': AROUND.repeat(100_000),
      'minified.js': `\n${'turn(points);'.repeat(10_000)}`,
    });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeEditors();
  });

  after(() => {
    folder.remove();
  });

  async function open(name: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(join(folder.path, name));
    return vscode.window.showTextDocument(document);
  }

  /** Lines of the log that tell of errors, which are told to the person as well. */
  function errors(): readonly string[] {
    const file = join(shell.context.logUri.fsPath, 'Pattern Foundry.log');
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text.split('\n').filter((line) => line.includes('[error]'));
  }

  it('fits the code around the cursor', async () => {
    const seed = readSeed(shell, await open('small.py'));
    assert.equal(seed.text, '');
    const names = (await seed.suggest(NOT_STOPPED)).map(({ name }) => name);
    assert.ok(names.includes('third_turn'));
  });

  for (const [what, name] of [
    ['large', 'large.py'],
    ['minified', 'minified.js'],
  ] as const) {
    it(`is the most valuable there is in a file that is ${what}`, async () => {
      const before = errors();
      assert.equal(readSeed(shell, await open(name)).text, '');
      const left = vscode.commands.executeCommand('patternFoundry.insert');
      await until('a pattern is offered', () => previewTexts().length > 0);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await left;
      assert.deepEqual(errors(), before);
    });
  }

  it('is not awaited any more once the search was stopped', async () => {
    const seed = readSeed(shell, await open('large.py'));
    await assert.rejects(seed.suggest(AbortSignal.abort()), { name: 'AbortError' });
  });

  it('is an error where the library cannot be used', async () => {
    const settings = vscode.workspace.getConfiguration('patternFoundry');
    const { Global } = vscode.ConfigurationTarget;
    await open('large.py');
    try {
      await settings.update('libraryPath', join(folder.path, 'small.py'), Global);
      await until('it fails', () => shell.connection.state.state === 'failed');
      const before = errors().length;
      const left = vscode.commands.executeCommand('patternFoundry.insert');
      await until('the error is told', () => errors().length > before);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await left;
    } finally {
      await settings.update('libraryPath', undefined, Global);
      await until('it can be used again', () => shell.connection.state.state === 'ready');
    }
  });
});
