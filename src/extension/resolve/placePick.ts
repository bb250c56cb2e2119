import { join } from 'node:path';
import {
  commands,
  Disposable,
  l10n,
  Range,
  ThemeIcon,
  Uri,
  window,
  type QuickPickItem,
  type TextDocumentShowOptions,
} from 'vscode';
import type { Places } from '../../core/model/api/resolution.ts';
import type { CodePointer } from '../../core/model/resolution/codePointer.ts';
import { displayed } from '../displayed.ts';
import { logFailure } from '../failure.ts';
import { COMMANDS } from '../names.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';

interface PlaceItem extends QuickPickItem {
  readonly place: CodePointer;
}

/**
 * Lists places with their reasons, best first, and shows the one in focus; what was in front before
 * comes back when none is chosen.
 *
 * @param text what they were found for
 */
export function pickPlace(
  shell: Pick<Shell, 'log'>,
  { places, root }: Places,
  text: string,
): Promise<CodePointer | undefined> {
  const pick = window.createQuickPick<PlaceItem>();
  pick.title = l10n.t('Find Where To Fix');
  pick.placeholder = l10n.t('Likely places, best first');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const propose = { iconPath: new ThemeIcon('wrench'), tooltip: l10n.t('Propose A Fix…') };
  pick.buttons = [propose];
  pick.items = places.map(toItem);
  const show = (item: PlaceItem, options: TextDocumentShowOptions): void => {
    openPlace(root, item.place, options).then(undefined, (error: unknown) => {
      logFailure(shell, error);
    });
  };
  const comeBack = rememberEditor();
  let isChosen = false;
  return new Promise((resolve) => {
    const listening = Disposable.from(
      pick,
      pick.onDidChangeActive(([item]) => {
        if (item !== undefined) show(item, { preview: true, preserveFocus: true });
      }),
      pick.onDidAccept(() => {
        const [item] = pick.selectedItems;
        if (item === undefined) return;
        resolve(item.place);
        isChosen = true;
        pick.hide();
        show(item, {});
      }),
      pick.onDidTriggerButton((button) => {
        if (button !== propose) return;
        pick.hide();
        void commands.executeCommand(COMMANDS.proposeFix, text);
      }),
      pick.onDidHide(() => {
        if (!isChosen) void comeBack();
        resolve(undefined);
        listening.dispose();
      }),
    );
    pick.show();
  });
}

/** @returns shows what is in front now again */
function rememberEditor(): () => Thenable<unknown> {
  const editor = window.activeTextEditor;
  if (editor === undefined) {
    return () => commands.executeCommand('workbench.action.closeActiveEditor');
  }
  const { document, selection, viewColumn } = editor;
  return () =>
    window.showTextDocument(document, {
      selection,
      ...(viewColumn !== undefined && { viewColumn }),
    });
}

function toItem(place: CodePointer): PlaceItem {
  const { kind, path, symbol, range, why } = place;
  const line = range === null ? path : `${path}:${range.start.line + 1}`;
  return {
    label: `$(${ICONS[kind]}) ${asPlainLabel(symbol ?? path.slice(path.lastIndexOf('/') + 1))}`,
    description: asPlainLabel(line),
    detail: asPlainLabel(why.map(displayed).join('; ')),
    place,
  };
}

const ICONS: Readonly<Record<CodePointer['kind'], string>> = {
  file: 'file-code',
  declaration: 'symbol-method',
  lines: 'list-selection',
};

/** The editor of a place, with its beginning in view. */
export async function openPlace(
  root: string,
  { path, range }: Pick<CodePointer, 'path' | 'range'>,
  options: TextDocumentShowOptions,
): Promise<void> {
  const line = range?.start.line ?? 0;
  await window.showTextDocument(Uri.file(join(root, path)), {
    ...options,
    selection: new Range(line, 0, line, 0),
  });
}
