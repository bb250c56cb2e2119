import { join } from 'node:path';
import {
  commands,
  Disposable,
  l10n,
  Range,
  TabInputText,
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
import { openPreviews } from './previews.ts';

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
  pick.title = l10n.t('Find Where to Fix');
  pick.placeholder = l10n.t('Likely places, best first');
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  const propose = { iconPath: new ThemeIcon('wrench'), tooltip: l10n.t('Propose a Fix…') };
  pick.buttons = [propose];
  pick.items = places.map(toItem);
  const onFailure = (error: unknown): void => {
    logFailure(shell, error);
  };
  const paths = new Set(places.map(({ path }) => uriOf(root, path).toString()));
  const previews = openPreviews(
    ({ input }) => input instanceof TabInputText && paths.has(input.uri.toString()),
    onFailure,
  );
  let chosen: CodePointer | undefined;
  return new Promise((resolve) => {
    const listening = Disposable.from(
      pick,
      pick.onDidChangeActive(([item]) => {
        if (item === undefined) return;
        previews.show(() => openPlace(root, item.place, { preview: true, preserveFocus: true }));
      }),
      pick.onDidAccept(() => {
        chosen = pick.selectedItems[0]?.place;
        if (chosen !== undefined) pick.hide();
      }),
      pick.onDidTriggerButton((button) => {
        if (button !== propose) return;
        pick.hide();
        void commands.executeCommand(COMMANDS.proposeFix, text);
      }),
      pick.onDidHide(() => {
        const place = chosen;
        const settled =
          place === undefined
            ? previews.leave()
            : previews.choose(() => openPlace(root, place, {}));
        settled.catch(onFailure).finally(() => {
          resolve(place);
        });
        listening.dispose();
      }),
    );
    pick.show();
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
  await window.showTextDocument(uriOf(root, path), {
    ...options,
    selection: new Range(line, 0, line, 0),
  });
}

function uriOf(root: string, path: string): Uri {
  return Uri.file(join(root, path));
}
