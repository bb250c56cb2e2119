import { commands, Disposable, l10n, window, type QuickPickItem } from 'vscode';
import { registerCommand } from '../../command.ts';
import { actionFor } from '../../failure.ts';
import { describePatterns, describeWork } from '../../jobs/progressText.ts';
import type { OpenJobs } from '../../jobs/jobs.ts';
import { COMMANDS, type CommandId } from '../../names.ts';
import type { Shell } from '../../shell.ts';

interface StatusItem extends QuickPickItem {
  readonly run: () => unknown;
}

/** Show Extraction Status: what runs and waits, and what can be done about it. */
export function registerShowStatus(shell: Shell, jobs: OpenJobs): Disposable {
  return registerCommand(shell, COMMANDS.showStatus, () => {
    const pick = window.createQuickPick<StatusItem>();
    let state = '';
    const update = (): void => {
      const { title, hint } = describe(shell, jobs);
      pick.title = title;
      pick.placeholder = hint;
      // Items set anew lose the one that is chosen.
      const next = `${shell.connection.state.state} ${jobs.status.state} ${jobs.trouble?.message ?? ''}`;
      if (next === state) return;
      state = next;
      pick.items = itemsFor(shell, jobs);
    };
    update();
    const watches = Disposable.from(
      jobs.onDidChange(update),
      shell.connection.onDidChangeState(update),
      pick.onDidAccept(() => {
        const [chosen] = pick.selectedItems;
        pick.hide();
        chosen?.run();
      }),
      pick.onDidHide(() => {
        watches.dispose();
        pick.dispose();
      }),
    );
    pick.show();
  });
}

interface Description {
  readonly title: string;
  readonly hint: string;
}

function describe({ connection }: Shell, { status, trouble }: OpenJobs): Description {
  const engine = connection.state;
  if (engine.state === 'failed') {
    return { title: engine.failure.message, hint: engine.failure.hint };
  }
  const waiting =
    status.waiting === 0
      ? l10n.t('Nothing else is queued.')
      : l10n.t('Queued folders: {0}', status.waiting);
  switch (status.state) {
    case 'extracting': {
      const name = status.request.folder.path.split('/').at(-1) ?? '';
      const found = describePatterns(status.progress?.patterns ?? 0);
      const doing = describeWork(status);
      return { title: l10n.t('Extracting {0}: {1}, {2}', name, doing, found), hint: waiting };
    }
    case 'paused':
      return { title: l10n.t('Extraction is paused'), hint: waiting };
    case 'idle':
      return trouble === undefined
        ? { title: l10n.t('Nothing is being extracted'), hint: waiting }
        : { title: trouble.message, hint: trouble.hint };
  }
}

function itemsFor(
  { connection, log }: Shell,
  { status, trouble }: OpenJobs,
): readonly StatusItem[] {
  const item = (icon: string, label: string, run: () => unknown): StatusItem => ({
    label: `$(${icon}) ${label}`,
    run,
  });
  const command = (icon: string, label: string, id: CommandId): StatusItem =>
    item(icon, label, () => commands.executeCommand(id));
  const isIdle = status.state === 'idle';
  const mending = isIdle && trouble !== undefined ? actionFor(trouble) : undefined;
  return [
    ...(mending === undefined ? [] : [item('edit', mending.title, mending.run)]),
    ...(connection.state.state === 'failed'
      ? [item('debug-restart', l10n.t('Try Again'), () => connection.restart())]
      : []),
    ...(isIdle ? [command('flame', l10n.t('Extract Patterns'), COMMANDS.extract)] : []),
    status.state === 'paused'
      ? command('debug-continue', l10n.t('Resume'), COMMANDS.resume)
      : command('debug-pause', l10n.t('Pause'), COMMANDS.pause),
    ...(isIdle ? [] : [command('debug-stop', l10n.t('Cancel'), COMMANDS.cancel)]),
    command('library', l10n.t('Open Pattern Browser'), COMMANDS.openBrowser),
    item('output', l10n.t('Show Log'), () => {
      log.show();
    }),
  ];
}
