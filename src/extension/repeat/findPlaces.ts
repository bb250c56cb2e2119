import { l10n, window, type TextEditor } from 'vscode';
import type { ChangeSource } from '../../core/model/api/suggest.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { showInformation } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { filePlaceOf } from '../suggest/openBuffers.ts';
import { applyPlaces } from './applyPlaces.ts';

/** Fixes that are listed to choose from. */
const MOST_FIXES = 50;

/** Find Other Places Like This Change: of the selection or file, of a commit, or of a fix. */
export async function findPlaces({ connection }: Shell): Promise<void> {
  const editor = window.activeTextEditor;
  const place = editor && filePlaceOf(editor.document);
  if (editor === undefined || place === undefined) {
    void showInformation(l10n.t('Open a source file of the project first.'));
    return;
  }
  const { engine } = connection;
  const source = await chooseSource(editor, async () => {
    const found = await engine.find.patterns({
      text: '',
      filter: { kind: { any: ['fix'] } },
      folders: [place.folder],
      limit: MOST_FIXES,
    });
    return Promise.all(found.rows.map(({ id }) => engine.patterns.show(id)));
  });
  if (source === undefined) return;
  const { root, edits } = await engine.suggest.places({ ...place, source, isAsked: true });
  await applyPlaces(
    edits.map((edit) => ({ edit, root })),
    { isPreviewed: true },
  );
}

async function chooseSource(
  editor: TextEditor,
  readFixes: () => Promise<readonly (Pattern | undefined)[]>,
): Promise<ChangeSource | undefined> {
  const { document, selection } = editor;
  const here = {
    label: selection.isEmpty
      ? l10n.t('What changed in this file since the last commit')
      : l10n.t('What changed in the selection since the last commit'),
  };
  const commit = { label: l10n.t('A commit…') };
  const fix = { label: l10n.t('A fix of this project…') };
  const placeHolder = l10n.t('Which change is looked for elsewhere?');
  const chosen = await window.showQuickPick([here, commit, fix], { placeHolder });
  if (chosen === here) {
    const lines = { start: selection.start.line, end: selection.end.line };
    const text = document.getText();
    return { kind: 'file', text, ...(!selection.isEmpty && { lines }) };
  }
  if (chosen === commit) {
    const named = await window.showInputBox({
      prompt: l10n.t('A commit as git names it, such as HEAD or a1b2c3d.'),
    });
    return named === undefined || named.trim() === ''
      ? undefined
      : { kind: 'commit', commit: named.trim() };
  }
  return chosen === fix ? chooseFix(await readFixes()) : undefined;
}

async function chooseFix(
  fixes: readonly (Pattern | undefined)[],
): Promise<ChangeSource | undefined> {
  const items = fixes.flatMap((pattern) =>
    pattern !== undefined && 'before' in pattern
      ? [{ label: pattern.name, detail: pattern.description, pattern }]
      : [],
  );
  const chosen = await window.showQuickPick(items, {
    placeHolder: l10n.t('Which fix is looked for elsewhere?'),
    matchOnDetail: true,
  });
  if (chosen === undefined) return undefined;
  const { before, after } = chosen.pattern;
  return { kind: 'change', before, after };
}
