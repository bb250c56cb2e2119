import { l10n, window } from 'vscode';
import type { TextDocument, TextEditor } from 'vscode';
import type { Language } from '../../core/model/code.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import { dedent } from '../insert/adaptCode.ts';
import { showInformation } from '../messages.ts';

/** Languages as VS Code calls them, where that is not how they are called here. */
const LANGUAGE_IDS: Readonly<Record<string, Language>> = {
  c: 'c',
  cpp: 'cpp',
  csharp: 'csharp',
  go: 'go',
  java: 'java',
  javascript: 'javascript',
  javascriptreact: 'javascript',
  kotlin: 'kotlin',
  php: 'php',
  python: 'python',
  ruby: 'ruby',
  rust: 'rust',
  typescript: 'typescript',
  typescriptreact: 'tsx',
};

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
    prompt: l10n.t('Name of the pattern; when empty, it is called after its code.'),
  });
  if (name === undefined) return;
  const description = await window.showInputBox({
    title,
    prompt: l10n.t('What is it for? Search looks here, too; may be empty.'),
  });
  if (description === undefined) return;
  const pattern = await engine.add({
    code,
    ...languageOf(document),
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

function languageOf({
  languageId,
  fileName,
}: TextDocument): { language: Language } | { path: string } {
  const language = LANGUAGE_IDS[languageId];
  return language === undefined ? { path: fileName } : { language };
}
