import {
  CodeAction,
  CodeActionKind,
  Disposable,
  l10n,
  languages,
  Range,
  StatusBarAlignment,
  window,
  type TextDocument,
} from 'vscode';
import { registerCommand } from '../command.ts';
import { COMMANDS, INNER_COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { applyPlaces } from './applyPlaces.ts';
import { findPlaces } from './findPlaces.ts';
import type { Offer, Offers } from './offers.ts';

/** Offers to make a change in the other places that looked the same. */
export function registerRepeat(shell: Shell, offers: Offers): Disposable {
  const offered = (id: unknown): readonly Offer[] => {
    const document = window.activeTextEditor?.document;
    const all = document === undefined ? [] : offers.of(document);
    return id === undefined ? all : all.filter(({ edit }) => edit.id === id);
  };
  return Disposable.from(
    registerStatusItem(offers),
    registerLightBulb(offers),
    registerCommand(shell, INNER_COMMANDS.previewPlaces, (id) =>
      applyPlaces(offered(id), { isPreviewed: true }),
    ),
    registerCommand(shell, INNER_COMMANDS.applyPlaces, (id) =>
      applyPlaces(offered(id), { isPreviewed: false }),
    ),
    registerCommand(shell, INNER_COMMANDS.dismissPlaces, (id) =>
      typeof id === 'string' ? offers.dismiss(id) : undefined,
    ),
    registerCommand(shell, COMMANDS.findPlaces, () => findPlaces(shell)),
  );
}

/** Says in passing how many places there are; shows them when it is clicked. */
function registerStatusItem(offers: Offers): Disposable {
  const item = window.createStatusBarItem('repeat', StatusBarAlignment.Right, 0);
  item.name = l10n.t('Other Places of a Change');
  item.command = INNER_COMMANDS.previewPlaces;
  const update = (): void => {
    const document = window.activeTextEditor?.document;
    const count = document === undefined ? 0 : countOf(offers.of(document));
    if (count === 0) {
      item.hide();
      return;
    }
    item.text = `$(lightbulb) ${count}`;
    item.tooltip =
      count === 1
        ? l10n.t('One other place looks like this file did before your change. Click to see it.')
        : l10n.t(
            '{0} other places look like this file did before your change. Click to see them.',
            count,
          );
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
  };
  return Disposable.from(
    item,
    offers.onDidChange(update),
    window.onDidChangeActiveTextEditor(update),
  );
}

function registerLightBulb(offers: Offers): Disposable {
  return languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions: (document, range) =>
        offers
          .of(document)
          .filter(({ edit }) => range.intersection(madeIn(document, edit)) !== undefined)
          .flatMap(toActions),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

function toActions({ edit }: Offer): readonly CodeAction[] {
  const count = edit.places.length;
  const preview =
    count === 1
      ? l10n.t('Make this change in 1 other place…')
      : l10n.t('Make this change in {0} other places…', count);
  const apply =
    count === 1
      ? l10n.t('Make this change in 1 other place without looking')
      : l10n.t('Make this change in {0} other places without looking', count);
  return [
    toAction(preview, INNER_COMMANDS.previewPlaces, edit.id),
    toAction(apply, INNER_COMMANDS.applyPlaces, edit.id),
    toAction(l10n.t('Do not offer this change again'), INNER_COMMANDS.dismissPlaces, edit.id),
  ];
}

function toAction(title: string, command: string, id: string): CodeAction {
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  action.command = { title, command, arguments: [id] };
  return action;
}

function madeIn(document: TextDocument, { made }: Offer['edit']): Range {
  const first = made.line ?? 0;
  const last = Math.min(document.lineCount - 1, first + made.after.split('\n').length - 1);
  return new Range(first, 0, last, document.lineAt(last).text.length);
}

function countOf(offers: readonly Offer[]): number {
  return offers.reduce((sum, { edit }) => sum + edit.places.length, 0);
}
