import { commands, Disposable, l10n, window } from 'vscode';
import { coalesce } from '../../core/platform/coalesce.ts';
import { createPatternActions } from '../actions/patternActions.ts';
import { registerCommand } from '../command.ts';
import { idOf } from '../commands/patterns/patternArgument.ts';
import { displayed } from '../displayed.ts';
import { logFailure } from '../failure.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation, showInStatusBar } from '../messages.ts';
import { COMMANDS, INNER_COMMANDS, LEARNED_VIEW } from '../names.ts';
import { readOverrides } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { createLearnedTree, type LearnedNode } from './learnedTree.ts';

/** The strategies, errors and code that sessions taught, in the sidebar, and the command that learns them. */
export function registerLearned(shell: Shell): Disposable {
  const { engine, onDidChangeLibrary } = shell.connection;
  const actions = createPatternActions(shell);
  const tree = createLearnedTree();
  const view = window.createTreeView<LearnedNode>(LEARNED_VIEW, { treeDataProvider: tree });

  async function refresh(): Promise<void> {
    const [strategy, error, code, aside] = await Promise.all([
      engine.learning.lessons('strategy'),
      engine.learning.lessons('error'),
      engine.learning.lessons('code'),
      engine.learning.aside(),
    ]);
    tree.show({ strategy, error, code, aside });
    const isEmpty = strategy.length + error.length + code.length + aside.length === 0;
    view.message = isEmpty
      ? l10n.t('Nothing has been learned yet. “Learn From Sessions” reads what coding agents did.')
      : '';
  }
  const refreshSoon = coalesce({ delayMs: 200 }, () => {
    if (!view.visible) return;
    refresh().catch((error: unknown) => {
      logFailure(shell, error);
    });
  });

  async function learn(): Promise<void> {
    const settings = readOverrides(undefined);
    const title = l10n.t('Learning from sessions');
    const found = await watchWork(title, (watch) =>
      engine.learning.learn({ names: [], settings }, watch),
    );
    // Hidden until there is something in it: the list above has the room till then.
    await commands.executeCommand(`${LEARNED_VIEW}.focus`);
    refreshSoon.call();
    const { learned, sessions, strategies, errors, batch, notes } = found;
    for (const note of notes) shell.log.warn(note.text);
    const [note] = notes;
    const done =
      sessions === 0
        ? l10n.t('No logs of coding agents were found.')
        : l10n.t(
            'New or changed sessions: {0} of {1}. Strategies: {2}. Errors: {3}.',
            ...[learned, sessions, strategies, errors],
          );
    const aside = batch?.pruned ?? 0;
    const told = [
      done,
      ...(aside === 0 ? [] : [l10n.t('Sessions that taught nothing were set aside: {0}.', aside)]),
      ...(note === undefined ? [] : [displayed(note)]),
    ];
    void showInformation(told.join(' '));
  }

  /** One session where its row was chosen, else all that were set aside. */
  async function restore(node: unknown): Promise<void> {
    const names = isAside(node) ? [node.aside.session] : undefined;
    const restored = await engine.learning.takeBack(names);
    showInStatusBar(l10n.t('Sessions restored: {0}', restored.length), 'discard');
    refreshSoon.call();
  }

  return Disposable.from(
    view,
    tree,
    refreshSoon,
    onDidChangeLibrary(() => {
      refreshSoon.call();
    }),
    view.onDidChangeVisibility(() => {
      refreshSoon.call();
    }),
    registerCommand(shell, COMMANDS.learn, learn),
    registerCommand(shell, COMMANDS.restoreSessions, restore),
    registerCommand(shell, INNER_COMMANDS.openLesson, (node) => {
      const id = idOf(node);
      return id === undefined ? undefined : actions.open(id, { keepsFocus: true });
    }),
  );
}

function isAside(node: unknown): node is Extract<LearnedNode, { kind: 'aside' }> {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'aside';
}
