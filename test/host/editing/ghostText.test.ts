import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { setAutoExtraction } from '../support/autoExtraction.ts';
import { closeEditors } from '../support/closeEditors.ts';
import { openShell } from '../support/theShell.ts';
import { until } from '../support/until.ts';
import { addFolder, removeFolder } from '../support/workspaceFolders.ts';

const USERS = `export function saveUser(user) {
  const connection = openConnection('main');
  connection.write(user.id, user);
  connection.close();
}
`;
const OLD = 'registry.publishEvent(user, channelNames.billing, "created");';
const NEW = 'registry.publishEventSafely(user, channelNames.billing, "created");';
/** The first answer waits for the engine to start. */
const TRIES_AN_ANSWER_TAKES = 20;
/** What is suggested below a head, taken with all of its lines. */
const WHOLE = /\{\n\s+\S[^]*\n\}/;
/**
 * Empty files, one for each time that something is taken: VS Code may have saved what was typed, and
 * keeps the text of a file that was closed until it hears that the file has changed.
 */
const EMPTY = ['whole.js', 'undone.js', 'byLine.js', 'byWord.js', 'closed.js', 'kept.js'] as const;
const SECTION = 'patternFoundry.suggestions';

function caller(name: string): string {
  return `export function ${name}(registry, user) {\n  ${OLD}\n}\n`;
}

describe('code of the project in the editor', () => {
  let shell: Shell;
  let repository: TestRepository;
  let folder: vscode.Uri;

  before(async () => {
    shell = await openShell();
    await setAutoExtraction('never');
    repository = createRepository();
    repository.commit([
      {
        message: 'users',
        files: {
          'users.js': USERS,
          ...Object.fromEntries(EMPTY.map((name) => [name, ''])),
          'a.js': caller('addUser'),
          'b.js': caller('moveUser'),
          'c.js': caller('dropUser'),
          ...Object.fromEntries(
            Array.from({ length: 20 }, (_, at) => [`filler${at}.js`, `export const x${at} = 1;\n`]),
          ),
        },
      },
    ]);
    repository.git('checkout', '--quiet', '--force', 'main');
    folder = vscode.Uri.file(repository.folder);
    await addFolder(folder);
    await set('enabled', 'on');
    await set('minChance', 0);
    // Resolves when all of the project is read.
    const file = join(repository.folder, EMPTY[0]);
    await shell.connection.engine.suggest.read({ file, folder: repository.folder, text: '' });
  });

  afterEach(async () => {
    await closeEditors();
    repository.git('checkout', '--quiet', '--force', 'main');
  });

  after(async () => {
    await set('enabled', undefined);
    await set('minChance', undefined);
    await setAutoExtraction('onSave');
    await removeFolder(folder);
    repository.remove();
  });

  async function set(key: string, value: unknown): Promise<void> {
    await vscode.workspace.getConfiguration(SECTION).update(key, value, true);
  }

  async function open(name: string): Promise<vscode.TextEditor> {
    const document = await vscode.workspace.openTextDocument(join(repository.folder, name));
    return vscode.window.showTextDocument(document);
  }

  /** Types a head, unless told what, and waits until what accepts grey text has an effect. */
  async function acceptAfter(
    name: (typeof EMPTY)[number],
    command: string,
    text = 'export function saveOrder(order) {',
  ): Promise<vscode.TextEditor> {
    const editor = await open(name);
    assert.equal(editor.document.getText(), '');
    await vscode.commands.executeCommand('type', { text });
    const typed = editor.document.getText();
    let tries = 0;
    await until('a suggestion is there to be taken', async () => {
      // Asking again takes away what is shown.
      if (tries % TRIES_AN_ANSWER_TAKES === 0) {
        await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
      }
      tries += 1;
      await vscode.commands.executeCommand(command);
      return editor.document.getText() !== typed;
    });
    return editor;
  }

  async function outcomes(): Promise<number> {
    const counts = await shell.connection.engine.outcomes.calibration('ghost', undefined);
    return counts.reduce((sum, { kept }) => sum + kept, 0);
  }

  it('is taken whole as grey text, and that is noted', async () => {
    const before = await outcomes();
    const editor = await acceptAfter('whole.js', 'editor.action.inlineSuggest.commit');
    assert.match(editor.document.getText(), WHOLE);
    await until('it is noted as kept', async () => (await outcomes()) > before);
  });

  it('is taken back, and then it was not kept', async () => {
    const before = await outcomes();
    const editor = await acceptAfter('undone.js', 'editor.action.inlineSuggest.commit');
    await until('it is noted as kept', async () => (await outcomes()) > before);
    await vscode.commands.executeCommand('undo');
    assert.doesNotMatch(editor.document.getText(), /\{\n/);
    await until('it is noted as taken back', async () => (await outcomes()) <= before);
  });

  it('is taken by line and by word, and that is noted once half of it was', async () => {
    const before = await outcomes();
    const byLine = await acceptAfter('byLine.js', 'editor.action.inlineSuggest.acceptNextLine');
    assert.match(byLine.document.getText(), /\{\n/);
    assert.doesNotMatch(byLine.document.getText(), WHOLE);
    const byWord = await acceptAfter('byWord.js', 'editor.action.inlineSuggest.acceptNextWord');
    assert.doesNotMatch(byWord.document.getText(), WHOLE);
    await until('it is noted as kept', async () => {
      await vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextWord');
      return (await outcomes()) > before;
    });
  });

  it('takes the place of the bracket that the editor has closed', async () => {
    const begun = "  const connection = openConnection('main');\n  connection.write(";
    const editor = await acceptAfter('closed.js', 'editor.action.inlineSuggest.commit', begun);
    const text = editor.document.getText();
    assert.match(text, /connection\.write\(user\.id, user\);/);
    assert.doesNotMatch(text, /;\)/);
  });

  it('finishes an edit in two other places, by the light bulb', async () => {
    const editor = await open('a.js');
    const { document } = editor;
    const start = document.positionAt(document.getText().indexOf(OLD));
    await editor.edit((builder) => {
      builder.replace(new vscode.Range(start, start.translate(0, OLD.length)), NEW);
    });
    let actions: readonly vscode.CodeAction[] = [];
    const offered = async (): Promise<readonly vscode.CodeAction[]> => {
      const found = await vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(start, start),
      );
      return found.filter(({ title }) => title.includes('other place'));
    };
    await until('the light bulb offers the other places', async () => {
      actions = (await offered()).filter(({ title }) => title.includes('2 other places'));
      return actions.length > 0;
    });
    const apply = actions.find(({ title }) => title.includes('without'))?.command;
    assert.ok(apply !== undefined);
    await vscode.commands.executeCommand(apply.command, ...((apply.arguments ?? []) as unknown[]));
    for (const name of ['b.js', 'c.js']) {
      const other = await vscode.workspace.openTextDocument(join(repository.folder, name));
      assert.ok(other.getText().includes(NEW), name);
    }
    await until('nothing is offered any more', async () => (await offered()).length === 0);
    await vscode.workspace.saveAll();
  });

  it('is still there at the next commit, which is noted', async () => {
    const editor = await acceptAfter('kept.js', 'editor.action.inlineSuggest.commit');
    await editor.document.save();
    const { engine } = shell.connection;
    const survived = async (): Promise<boolean> => {
      const [last] = await engine.outcomes
        .recent(50)
        .then((looks) =>
          looks.filter(({ impression }) =>
            impression.outcomes.some(({ kind }) => kind === 'survived'),
          ),
        );
      return last?.impression.surface === 'ghost';
    };
    await until('it is committed', () => {
      try {
        repository.git('add', 'kept.js');
        repository.git('commit', '--quiet', '-m', 'take what was suggested', 'kept.js');
        return true;
      } catch {
        // VS Code may hold the index meanwhile.
        return false;
      }
    });
    await until('it is noted as kept by a commit', survived);
  });
});
