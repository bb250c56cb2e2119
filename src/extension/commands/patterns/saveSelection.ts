import { l10n, window } from 'vscode';
import type { TextEditor } from 'vscode';
import type { Engine } from '../../../core/model/engine.ts';
import type { PatternId } from '../../../core/model/pattern.ts';
import { languageOf } from '../../documentLanguage.ts';
import { dedent } from '../../insert/adaptCode.ts';
import { showInformation } from '../../messages.ts';

/**
 * Keeps the selected code as a pattern under a name and a description that are asked for.
 *
 * @param show shows the pattern when that is asked for
 */
export async function saveSelection(
  engine: Engine,
  show: (id: PatternId) => Promise<void>,
): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined || editor.selection.isEmpty) {
    void showInformation(l10n.t('Select the code to save first.'));
    return;
  }
  const { document } = editor;
  const code = selectedCode(editor);
  const title = l10n.t('Save Selection As Pattern');
  const name = await window.showInputBox({
    title,
    prompt: l10n.t('Name of the pattern. Leave empty to take it from the code.'),
  });
  if (name === undefined) return;
  const description = await window.showInputBox({
    title,
    prompt: l10n.t('What is it for? Search uses this text. Can be empty.'),
  });
  if (description === undefined) return;
  const language = languageOf(document);
  const pattern = await engine.curate.add({
    code,
    ...(language === undefined ? { path: document.fileName } : { language }),
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(description.trim() !== '' && { description: description.trim() }),
  });
  const open = l10n.t('Show Pattern');
  const choice = await showInformation(l10n.t('Saved “{0}”.', pattern.name), open);
  if (choice === open) await show(pattern.id);
}

/** With the white space before its first line, where only that was left out. */
function selectedCode({ document, selection }: TextEditor): string {
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const indent = before.trim() === '' ? before : '';
  return dedent(indent + document.getText(selection));
}
