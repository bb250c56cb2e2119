import { l10n, Range, window } from 'vscode';
import type { TextDocument, TextEditor } from 'vscode';
import type { DraftProposal, PatternDraft } from '../../../core/model/api/curate.ts';
import type { Engine } from '../../../core/model/engine.ts';
import type { PatternId } from '../../../core/model/pattern.ts';
import { languageOf } from '../../documentLanguage.ts';
import { placeOf } from '../../folders.ts';
import { dedent } from '../../insert/adaptCode.ts';
import { showInformation, showWarning } from '../../messages.ts';

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
  const chosen = await chooseWhole(engine, editor);
  if (chosen === undefined) return;
  const { draft, proposal } = chosen;
  const title = l10n.t('Save Selection as Pattern');
  const name = await window.showInputBox({
    title,
    prompt: l10n.t('Name of the pattern'),
    value: proposal.name,
  });
  if (name === undefined) return;
  const description = await window.showInputBox({
    title,
    prompt: l10n.t('What is it for? Search uses this text. Can be empty.'),
    value: proposal.description,
  });
  if (description === undefined) return;
  const { place, ...code } = draft;
  // Git tells the project of a place, and runs in folders that are trusted only.
  const isTrusted = placeOf(editor.document.uri) !== undefined;
  // What is left as it was proposed is what the code says by itself.
  const pattern = await engine.curate.add({
    ...code,
    ...(isTrusted && place !== undefined && { place }),
    ...(isOther(name, proposal.name) && { name: name.trim() }),
    ...(isOther(description, proposal.description) && { description: description.trim() }),
  });
  const open = l10n.t('Show Pattern');
  const choice = await showInformation(l10n.t('Saved “{0}”.', pattern.name), open);
  if (choice === open) await show(pattern.id);
}

function isOther(text: string, proposed: string): boolean {
  return text.trim() !== '' && text.trim() !== proposed;
}

interface Chosen {
  readonly draft: PatternDraft;
  readonly proposal: DraftProposal;
}

/** The selection or, where it cuts a function off and a person says so, all of that. */
async function chooseWhole(engine: Engine, editor: TextEditor): Promise<Chosen | undefined> {
  const { document } = editor;
  const text = document.getText();
  const draft = draftOf(document, lastSelected(editor.selection), selectedCode(editor));
  const proposal = await engine.curate.propose(draft, text);
  const { cutOff } = proposal;
  if (cutOff === undefined) return { draft, proposal };
  const whole = l10n.t('Save All of It');
  const part = l10n.t('Save the Selection');
  const choice = await showWarning(
    l10n.t('The selection holds only a part of “{0}”.', cutOff.name),
    whole,
    part,
  );
  if (choice === part) return { draft, proposal };
  if (choice !== whole) return undefined;
  const { firstLine, lastLine } = cutOff;
  const range = new Range(firstLine, 0, lastLine, document.lineAt(lastLine).text.length);
  const all = draftOf(document, range, dedent(document.getText(range)));
  return { draft: all, proposal: await engine.curate.propose(all, text) };
}

function draftOf(document: TextDocument, range: Range, code: string): PatternDraft {
  const language = languageOf(document);
  const place = {
    file: document.uri.fsPath,
    firstLine: range.start.line,
    lastLine: range.end.line,
  };
  return {
    code,
    ...(language === undefined ? { path: document.fileName } : { language }),
    ...(document.uri.scheme === 'file' && { place }),
  };
}

/** A selection that ends before the first character of a line does not hold that line. */
function lastSelected({ start, end }: Range): Range {
  const isBefore = end.character === 0 && end.line > start.line;
  return isBefore ? new Range(start, end.translate(-1, 0)) : new Range(start, end);
}

/** With the white space before its first line, where only that was left out. */
function selectedCode({ document, selection }: TextEditor): string {
  const before = document.lineAt(selection.start.line).text.slice(0, selection.start.character);
  const indent = before.trim() === '' ? before : '';
  return dedent(indent + document.getText(selection));
}
