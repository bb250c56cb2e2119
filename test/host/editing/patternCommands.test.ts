import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { Pattern } from '../../../src/core/model/pattern.ts';
import { openPattern } from '../../../src/extension/documents/patternDocuments.ts';
import { DOCUMENT_SCHEME } from '../../../src/extension/names.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { acceptUntil } from '../support/acceptUntil.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { previewTexts } from '../support/previewTexts.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { listed } from '../../support/engine/found.ts';

const CODE = 'def quarter_turn(points):\n    """Turns."""\n    return [(y, -x) for x, y in points]';

const OTHERS = [
  ['known_names', 'def known_names(names):\n    return sorted({name.lower() for name in names})'],
  [
    'read_first',
    'def read_first(path):\n    with open(path) as file:\n        return file.readline()',
  ],
] as const;

const PREVIOUS = 'workbench.action.quickOpenSelectPrevious';

/** Columns and documents of tabs that show a pattern. */
function patternTabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap(({ viewColumn, tabs }) =>
    tabs.flatMap(({ input }) =>
      input instanceof vscode.TabInputText && input.uri.scheme === DOCUMENT_SCHEME
        ? [`${viewColumn} ${input.uri.path}`]
        : [],
    ),
  );
}

describe('the commands of patterns', () => {
  let shell: Shell;
  let pattern: Pattern;

  before(async () => {
    shell = await openShell();
    pattern = await shell.connection.engine.curate.add({
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

  it('leave open what was open before, and no tab of theirs where none is reused', async () => {
    const workbench = vscode.workspace.getConfiguration('workbench.editor');
    const { Global } = vscode.ConfigurationTarget;
    const { engine } = shell.connection;
    // At least two others stand above the one that is open, whatever was learned before.
    for (const [name, code] of OTHERS) await engine.curate.add({ code, language: 'python', name });
    const { rows } = await engine.find.patterns({ text: '', limit: 10, atOnce: true });
    assert.ok(rows.length > 2);
    const last = await engine.patterns.show(rows.at(-1)?.id ?? pattern.id);
    assert.ok(last);
    await openPattern(last, { preview: true });
    const mine = patternTabs();
    assert.equal(mine.length, 1);
    await workbench.update('enablePreview', false, Global);
    try {
      const left = vscode.commands.executeCommand('patternFoundry.search', '');
      await until('one is shown beside', () => patternTabs().length === 2);
      const shown = (): string | undefined => patternTabs().find((tab) => !mine.includes(tab));
      const first = shown();
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await until('another one is', () => shown() !== undefined && shown() !== first);
      await until('the first is not any more', () => patternTabs().length === 2);
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      await left;
      await until('none of theirs is left', () => patternTabs().length === 1);
      assert.deepEqual(patternTabs(), mine);
    } finally {
      await workbench.update('enablePreview', undefined, Global);
    }
  });

  it('rate a pattern and take the rating back', async () => {
    const { engine } = shell.connection;
    const own = async (): Promise<number | null | undefined> =>
      (await engine.patterns.detail(pattern.id))?.row.thumbs.own;
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
      const { patterns } = await listed(
        engine,
        { source: { any: ['added'] }, language: { any: ['python'] } },
        100,
      );
      saved = patterns.find(({ name }) => name === 'flip');
      return saved !== undefined;
    });
    assert.ok(saved !== undefined && 'code' in saved);
    assert.equal(saved.code, 'def flip(self):\n    return not self.on');
  });
});
