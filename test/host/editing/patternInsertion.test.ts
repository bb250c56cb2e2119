import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Pattern } from '../../../src/core/model/pattern.ts';
import {
  createPatternActions,
  type PatternActions,
} from '../../../src/extension/actions/patternActions.ts';
import type { Shell } from '../../../src/extension/shell.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { MemoryFiles } from '../support/memoryFiles.ts';
import { openShell } from '../support/theShell.ts';

/** What means something in a snippet, in a template and to a shell. */
const TRICKY = `function price(amount, currency) {
  const text = \`\${amount}\\t\${currency ?? '$1'}\`;

  if (/[}$\\\\]/.test(text)) return "\${2:b}\\\\}";
  return text;
}`;

let folder: string;
let files = 0;

describe('inserting a pattern', () => {
  let shell: Shell;
  let actions: PatternActions;
  let pattern: Pattern;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-insert-'));
    shell = await openShell();
    actions = createPatternActions(shell);
    pattern = await shell.connection.engine.curate.add({
      code: TRICKY,
      language: 'javascript',
      name: 'price',
    });
  });

  afterEach(closeEditors);
  after(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('leaves code with $, } and \\ as it is', async () => {
    const { document } = await openEditor('');
    await vscode.commands.executeCommand('patternFoundry.insert', pattern.id);
    assert.equal(document.getText(), TRICKY);
  });

  it('indents it like the line of the cursor, at every cursor', async () => {
    const editor = await openEditor('{\n    \n}\n\n', new vscode.Position(1, 4));
    editor.selections = [editor.selection, new vscode.Selection(3, 0, 3, 0)];
    await actions.insert(pattern.id, { asSnippet: false });
    const indented = TRICKY.replaceAll(/\n(?=.)/g, '\n    ');
    assert.equal(editor.document.getText(), `{\n    ${indented}\n}\n${TRICKY}\n`);
  });

  it('ends lines as the document does and writes its tabs', async () => {
    const editor = await openEditor('\tx\r\n', new vscode.Position(0, 1), {
      insertSpaces: false,
      tabSize: 4,
    });
    await editor.edit((builder) => {
      builder.setEndOfLine(vscode.EndOfLine.CRLF);
    });
    await actions.insert(pattern.id, { asSnippet: false });
    const lines = TRICKY.replaceAll(/^ {2}/gm, '\t').split('\n');
    const indented = lines.map((line, index) => (index === 0 || line === '' ? line : `\t${line}`));
    assert.equal(editor.document.getText(), `\t${indented.join('\r\n')}x\r\n`);
  });

  it('replaces the selection and is undone at once', async () => {
    const editor = await openEditor('one two', new vscode.Position(0, 4));
    editor.selection = new vscode.Selection(0, 0, 0, 4);
    await actions.insert(pattern.id, { asSnippet: false });
    assert.equal(editor.document.getText(), `${TRICKY}two`);
    assert.ok(editor.selection.isEmpty);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), 'one two');
  });

  it('leaves the same code as a snippet that is accepted unchanged', async () => {
    for (const [text, position] of [
      ['', new vscode.Position(0, 0)],
      ['{\n    \n}', new vscode.Position(1, 4)],
      ['    const a = b;', new vscode.Position(0, 14)],
    ] as const) {
      const plain = await openEditor(text, position);
      await actions.insert(pattern.id, { asSnippet: false });
      const expected = plain.document.getText();
      const editor = await openEditor(text, position);
      await actions.insert(pattern.id, { asSnippet: true });
      assert.equal(editor.document.getText(), expected);
      await vscode.commands.executeCommand('leaveSnippet');
      await closeEditors();
    }
  });

  it('stops at each name in order, wherever it stands', async () => {
    const editor = await openEditor('');
    await actions.insert(pattern.id, { asSnippet: true });
    assert.equal(editor.document.getText(editor.selection), 'price');
    for (const name of ['amount', 'currency', 'text']) {
      await vscode.commands.executeCommand('jumpToNextSnippetPlaceholder');
      assert.equal(editor.document.getText(editor.selection), name);
    }
    assert.equal(editor.selections.length, 3);
    await vscode.commands.executeCommand('leaveSnippet');
  });

  it('goes into a file of a virtual workspace', async () => {
    const memory = new MemoryFiles();
    memory.files.set('/file.txt', new Uint8Array());
    const provider = vscode.workspace.registerFileSystemProvider('memory', memory);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('memory:/file.txt'));
    const editor = await vscode.window.showTextDocument(document);
    editor.options = { insertSpaces: true, tabSize: 2 };
    await actions.insert(pattern.id, { asSnippet: false });
    assert.equal(document.getText(), TRICKY);
    await closeEditors();
    provider.dispose();
  });

  it('counts as a use, and so do a copy and a chat', async () => {
    const { engine } = shell.connection;
    const before = (await engine.patterns.detail(pattern.id))?.uses ?? 0;
    await openEditor('');
    await actions.insert(pattern.id, { asSnippet: false });
    assert.equal((await engine.patterns.detail(pattern.id))?.uses, before + 1);
    await actions.copy(pattern.id);
    assert.equal((await engine.patterns.detail(pattern.id))?.uses, before + 2);
    await actions.addToChat(pattern.id);
    assert.equal((await engine.patterns.detail(pattern.id))?.uses, before + 3);
  });
});

async function openEditor(
  content: string,
  position = new vscode.Position(0, 0),
  options: vscode.TextEditorOptions = { insertSpaces: true, tabSize: 2 },
): Promise<vscode.TextEditor> {
  // A file of its own: untitled documents come back under the name of one that was closed.
  files += 1;
  const file = join(folder, `${files}.txt`);
  writeFileSync(file, content);
  const document = await vscode.workspace.openTextDocument(file);
  const selection = new vscode.Range(position, position);
  const editor = await vscode.window.showTextDocument(document, { selection });
  editor.options = options;
  return editor;
}
