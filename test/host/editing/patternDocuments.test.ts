import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import type { ChangePattern, Pattern } from '../../../src/core/model/pattern.ts';
import {
  createPatternActions,
  type PatternActions,
} from '../../../src/extension/actions/patternActions.ts';
import { toPatternUri } from '../../../src/extension/documents/patternDocuments.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { listed } from '../../support/engine/found.ts';

describe('the documents of patterns', () => {
  let shell: Shell;
  let actions: PatternActions;
  let patterns: readonly Pattern[];

  before(async () => {
    shell = await openShell();
    actions = createPatternActions(shell);
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const { engine } = shell.connection;
    await engine.jobs.extract({ folder, git: true, embed: false });
    ({ patterns } = await listed(engine, {}, 1_000));
  });

  afterEach(closeEditors);

  function theFix(): ChangePattern {
    const fix = patterns.find((pattern): pattern is ChangePattern => pattern.kind === 'fix');
    assert.ok(fix !== undefined);
    return fix;
  }

  function patternOf(path: string): Pattern {
    const found = patterns.find(
      ({ kind, provenance }) => kind === 'function' && provenance.path === path,
    );
    assert.ok(found !== undefined);
    return found;
  }

  it('show the code in its language, for reading only', async () => {
    const pattern = patternOf('tools/prices.py');
    await actions.open(pattern.id, { keepsFocus: false });
    const editor = vscode.window.activeTextEditor;
    assert.equal(editor?.document.uri.toString(), toPatternUri(pattern, 'code').toString());
    assert.equal(editor.document.getText(), 'code' in pattern ? pattern.code : '');
    assert.equal(editor.document.languageId, 'python');
    await vscode.commands.executeCommand('type', { text: 'x' });
    assert.equal(editor.document.getText(), 'code' in pattern ? pattern.code : '');
  });

  it('say so where there is no such pattern', async () => {
    const uri = toPatternUri({ ...patternOf('tools/prices.py'), id: 'f'.repeat(16) }, 'code');
    const document = await vscode.workspace.openTextDocument(uri);
    assert.match(document.getText(), /no longer in the library/);
  });

  it('follow the library', async () => {
    const { engine } = shell.connection;
    const pattern = await engine.curate.add({ code: 'one two three', name: 'numbers' });
    const document = await vscode.workspace.openTextDocument(toPatternUri(pattern, 'code'));
    await vscode.window.showTextDocument(document);
    assert.equal(document.getText(), 'one two three');
    const changed = new Promise<void>((resolve) => {
      const listening = vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document !== document) return;
        listening.dispose();
        resolve();
      });
    });
    await engine.curate.forget({ pattern: pattern.id }, true);
    await changed;
    assert.match(document.getText(), /no longer in the library/);
  });

  it('stand side by side in the diff of a change', async () => {
    const fix = theFix();
    await actions.open(fix.id, { keepsFocus: false });
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.ok(tab?.input instanceof vscode.TabInputTextDiff);
    const { path, commit } = fix.provenance;
    const origin = `${path ?? ''}, ${commit?.slice(0, 8) ?? ''}`;
    assert.equal(tab.label, `${fix.name}: before ↔ after (${origin})`);
    const sides = [tab.input.original, tab.input.modified];
    const texts = await Promise.all(
      sides.map(async (uri) => (await vscode.workspace.openTextDocument(uri)).getText()),
    );
    assert.deepEqual(texts, [fix.before, fix.after]);
  });

  it('are no place to insert into', async () => {
    const pattern = patternOf('tools/prices.py');
    const document = await vscode.workspace.openTextDocument({ content: '' });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.window.showTextDocument(toPatternUri(pattern, 'code'), {
      viewColumn: vscode.ViewColumn.Two,
    });
    await actions.insert(pattern.id, { asSnippet: false });
    assert.equal(document.getText(), 'code' in pattern ? pattern.code : '');
  });

  it('lead to the source, at its range', async () => {
    const pattern = patternOf('tools/prices.py');
    await actions.openSource(pattern.id, 0);
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.uri.path ?? '', /\/tools\/prices\.py$/);
    assert.equal(editor?.selection.start.line, pattern.provenance.range?.start.line);
  });

  it('lead to another place they stand in where the one asked for is not open', async () => {
    const pattern = patternOf('tools/prices.py');
    await actions.openSource(pattern.id, pattern.occurrences.length);
    assert.match(vscode.window.activeTextEditor?.document.uri.path ?? '', /\/tools\/prices\.py$/);
  });

  it('lead to what their commit changed', async () => {
    const git = vscode.extensions.getExtension('vscode.git');
    await git?.activate();
    const fix = theFix();
    await actions.openCommit(fix.id, 0);
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label ?? '';
    assert.match(label, new RegExp(`^${fix.provenance.commit?.slice(0, 8) ?? 'none'} Fix `));
  });
});
