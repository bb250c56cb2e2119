import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Pattern } from '../../src/core/model/pattern.ts';
import type { Shell } from '../../src/extension/shell.ts';
import { acceptUntil } from './support/acceptUntil.ts';
import { closeEditors } from './support/closeEditors.ts';
import { previewTexts } from './support/previewTexts.ts';
import { openShell } from './support/theShell.ts';
import { until } from './support/until.ts';

const CODE = 'def quarter_turn(points):\n    """Turns."""\n    return [(y, -x) for x, y in points]';

const PREVIOUS = 'workbench.action.quickOpenSelectPrevious';

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
    await until('it is shown', () => previewTexts().includes(CODE));
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await left;
    await until('nothing is shown any more', () => previewTexts().length === 0);
  });

  it('rate a pattern and take the rating back', async () => {
    const { engine } = shell.connection;
    const own = async (): Promise<number | null | undefined> =>
      (await engine.detail(pattern.id))?.thumbs.own;
    void vscode.commands.executeCommand('patternFoundry.rate', pattern.id);
    await acceptUntil('it is rated', async () => (await own()) === 5);
    await until('the rating is taken back', async () => {
      let isAsking = true;
      void vscode.commands.executeCommand('patternFoundry.rate', pattern.id).then(() => {
        isAsking = false;
      });
      // Answered after the same question of the command, which then asks.
      await own();
      await acceptUntil('it is answered', () => !isAsking, PREVIOUS);
      return (await own()) === null;
    });
  });

  it('save the selection without the white space it is indented by', async () => {
    const content = 'class A:\n    def flip(self):\n        return not self.on\n';
    const document = await vscode.workspace.openTextDocument({ content, language: 'python' });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(1, 4, 2, 26);
    void vscode.commands.executeCommand('patternFoundry.saveSelection');
    const { engine } = shell.connection;
    let saved: Pattern | undefined;
    await acceptUntil('it is saved', async () => {
      const { patterns } = await engine.list({ source: 'added', language: 'python' }, 100);
      saved = patterns.find(({ name }) => name === 'flip');
      return saved !== undefined;
    });
    assert.ok(saved !== undefined && 'code' in saved);
    assert.equal(saved.code, 'def flip(self):\n    return not self.on');
  });
});
