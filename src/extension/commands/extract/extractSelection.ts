import { commands, l10n, Range, window, type Disposable, type TextEditor } from 'vscode';
import type { Pattern } from '../../../core/model/pattern.ts';
import { registerCommand } from '../../command.ts';
import { languageOf } from '../../documentLanguage.ts';
import { describePatterns } from '../../jobs/progressText.ts';
import { showInformation } from '../../messages.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { needFolders } from './chooseFolder.ts';

/** Extract Patterns From Selection: each function, class and test in it, whatever its size. */
export function registerExtractSelection(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extractSelection, async () => {
    const editor = window.activeTextEditor;
    if (editor === undefined || editor.selection.isEmpty) {
      void showInformation(l10n.t('Select the code to extract patterns from first.'));
      return;
    }
    if ((await needFolders()).length === 0) return;
    const { document } = editor;
    const language = languageOf(document);
    const patterns = await shell.connection.engine.curate.addFragments({
      code: selectedCode(editor),
      path: document.uri.path,
      ...(language !== undefined && { language }),
    });
    tellOf(patterns);
  });
}

function tellOf(patterns: readonly Pattern[]): void {
  const found = patterns.length > 0;
  const names = patterns.map(({ name }) => name).join(', ');
  const message = found
    ? l10n.t('Saved {0}: {1}', describePatterns(patterns.length), names)
    : l10n.t('The selection contains no complete function, class or test.');
  const action = found ? l10n.t('Show Patterns') : l10n.t('Save Selection as Pattern');
  const command = found ? COMMANDS.openBrowser : COMMANDS.saveSelection;
  void showInformation(message, action).then((chosen) => {
    const [only, ...others] = patterns;
    const shown = others.length === 0 ? only?.id : undefined;
    if (chosen === action) void commands.executeCommand(command, shown);
  });
}

/** With the white space before its first line, which says how the rest is indented. */
function selectedCode({ document, selection }: TextEditor): string {
  const lineStart = selection.start.with({ character: 0 });
  const before = document.getText(new Range(lineStart, selection.start));
  const start = before.trim() === '' ? lineStart : selection.start;
  return document.getText(new Range(start, selection.end));
}
