import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

import type { Pattern } from '../../src/core/model/pattern.ts';
import { readSeed } from '../../src/extension/commands/seed.ts';
import { DOCUMENT_SCHEME } from '../../src/extension/names.ts';
import type { Shell } from '../../src/extension/shell.ts';
import { closeEditors } from './support/closeEditors.ts';
import { openShell } from './support/theShell.ts';

const POLL_MS = 100;

const CODE = 'def quarter_turn(points):\n    """Turns."""\n    return [(y, -x) for x, y in points]';

describe('the commands of patterns', () => {
  let shell: Shell;
  let pattern: Pattern;

  before(async () => {
    shell = await openShell();
    pattern = await shell.connection.engine.add({
      code: CODE,
      language: 'python',
      name: 'quarter_turn',
    });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeEditors();
  });

  it('show what is found beside while searching, and leave nothing open', async () => {
    const left = vscode.commands.executeCommand('patternFoundry.search', 'quarter turn points');
    await until(() => previewTexts().includes(CODE));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await left;
    await until(() => previewTexts().length === 0);
  });

  it('rate a pattern and take the rating back', async () => {
    const { engine } = shell.connection;
    const own = async (): Promise<number | null | undefined> =>
      (await engine.detail(pattern.id))?.thumbs.own;
    void vscode.commands.executeCommand('patternFoundry.rate', pattern.id);
    await accepting(async () => (await own()) === 5);
    while ((await own()) !== null) {
      let isAsking = true;
      void vscode.commands.executeCommand('patternFoundry.rate', pattern.id).then(() => {
        isAsking = false;
      });
      await accepting(() => Promise.resolve(!isAsking), 'workbench.action.quickOpenSelectPrevious');
    }
  });

  it('suggest nothing around a place in a file too large to read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-large-'));
    try {
      const file = join(folder, 'large.py');
      writeFileSync(file, 'turns = points\n'.repeat(100_000));
      const document = await vscode.workspace.openTextDocument(file);
      const editor = await vscode.window.showTextDocument(document);
      const seed = readSeed(shell, editor);
      assert.equal(seed.text, 'turns');
      assert.deepEqual(await seed.suggest(new AbortController().signal), []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('save the selection without the white space it is indented by', async () => {
    const content = 'class A:\n    def flip(self):\n        return not self.on\n';
    const document = await vscode.workspace.openTextDocument({ content, language: 'python' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 2, 26);
    void vscode.commands.executeCommand('patternFoundry.saveSelection');
    const { engine } = shell.connection;
    let saved: Pattern | undefined;
    await accepting(async () => {
      const { patterns } = await engine.list({ source: 'added', language: 'python' }, 100);
      saved = patterns.find(({ name }) => name === 'flip');
      return saved !== undefined;
    });
    assert.ok(saved !== undefined && 'code' in saved);
    assert.equal(saved.code, 'def flip(self):\n    return not self.on');
  });
});

function previewTexts(): readonly string[] {
  return vscode.window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme === DOCUMENT_SCHEME)
    .map(({ document }) => document.getText());
}

/** Presses Enter in what asks, and other keys before it, until it is done. */
async function accepting(isDone: () => Promise<boolean>, ...before: string[]): Promise<void> {
  while (!(await isDone())) {
    for (const command of before) await vscode.commands.executeCommand(command);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await sleep(POLL_MS);
  }
}

async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await sleep(POLL_MS);
}
