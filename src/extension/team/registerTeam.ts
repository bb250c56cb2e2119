import { commands, Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import type { TeamStatus, TeamSync } from '../../core/model/api/team.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { registerCommand } from '../command.ts';
import { isStopped, logFailure } from '../failure.ts';
import { openQuiet } from '../jobs/quiet.ts';
import { COMMANDS, CONTEXT_KEYS, TEAM_VIEW } from '../names.ts';
import type { Shell } from '../shell.ts';
import { acceptShared, leaveTeam } from './acceptShared.ts';
import { connectToTeam, readTeamKey } from './connectToTeam.ts';
import { shareWithTeam } from './shareWithTeam.ts';
import { describeSync, describeTrouble } from './teamText.ts';
import { createTeamTree, type TeamNode } from './teamTree.ts';

/** Between two syncs that nobody asked for. */
const PAUSE_MS = 5 * 60_000;
/** After the window opened, so that it opens first. */
const FIRST_MS = 20_000;
/** Of a library that changes many times in a row, the last change counts. */
const QUIET_MS = 300;

/** One team, its line in the status bar, the list of what it shared, and syncing with it in the background. */
export function registerTeam(shell: Shell): Disposable {
  const { engine } = shell.connection;
  const item = window.createStatusBarItem('team', StatusBarAlignment.Left, 0);
  item.name = l10n.t('Pattern Foundry: Team');
  item.command = COMMANDS.showTeam;
  const tree = createTeamTree();
  const view = window.createTreeView<TeamNode>(TEAM_VIEW, { treeDataProvider: tree });
  let hasTeam = false;
  let next: NodeJS.Timeout | undefined;

  /** Shows what is known of the team, without asking its server. */
  async function refresh(): Promise<TeamStatus | undefined> {
    const status = await engine.team.status();
    hasTeam = status !== undefined;
    void commands.executeCommand('setContext', CONTEXT_KEYS.hasTeam, hasTeam);
    if (status === undefined) item.hide();
    const shared = hasTeam ? await engine.team.list() : [];
    tree.show(shared);
    view.description = status?.team ?? '';
    view.message = shared.length === 0 ? l10n.t('The team has shared nothing yet.') : '';
    return status;
  }

  function refreshInBackground(): void {
    refresh().catch((error: unknown) => {
      if (!isStopped(error)) logFailure(shell, error);
    });
  }

  // What was accepted, rated or forgotten anywhere else stands in the list, too.
  const quiet = openQuiet({
    quietMs: QUIET_MS,
    clock: systemClock,
    onChange: (busy) => {
      if (!busy && view.visible) refreshInBackground();
    },
  });

  async function sync(): Promise<TeamSync | undefined> {
    const status = await refresh();
    if (status === undefined) return undefined;
    const done = await engine.team.sync(await readTeamKey(shell), {});
    item.text = describeSync(done, l10n);
    item.tooltip = l10n.t('Patterns of the team “{0}”', status.team);
    item.show();
    await refresh();
    for (const { name, reason } of done.notTaken) {
      shell.log.warn(`team: ${name} was refused: ${reason}`);
    }
    return done;
  }

  async function syncInBackground(): Promise<void> {
    try {
      await sync();
    } catch (error) {
      if (!isStopped(error)) {
        shell.log.warn(`team: ${error instanceof Error ? error.message : String(error)}`);
        item.text = describeTrouble(error, l10n);
        if (hasTeam) item.show();
      }
    }
    later(PAUSE_MS);
  }

  function later(delayMs: number): void {
    clearTimeout(next);
    next = setTimeout(() => void syncInBackground(), delayMs).unref();
  }

  later(FIRST_MS);
  return Disposable.from(
    item,
    tree,
    view,
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) refreshInBackground();
    }),
    shell.connection.onDidChangeLibrary(() => {
      quiet.touch();
    }),
    new Disposable(() => {
      clearTimeout(next);
      quiet.close();
    }),
    registerCommand(shell, COMMANDS.connectTeam, async () => {
      const status: TeamStatus | undefined = await connectToTeam(shell);
      if (status !== undefined) await sync();
    }),
    registerCommand(shell, COMMANDS.shareWithTeam, async (id) => {
      if (await shareWithTeam(shell, id)) await sync();
    }),
    registerCommand(shell, COMMANDS.showTeam, async () => {
      const isKnown = (await refresh()) !== undefined;
      await commands.executeCommand(isKnown ? `${TEAM_VIEW}.focus` : COMMANDS.connectTeam);
    }),
    registerCommand(shell, COMMANDS.syncTeam, sync),
    registerCommand(shell, COMMANDS.acceptShared, async (node) => {
      await acceptShared(shell, isPattern(node) ? node.shared : undefined);
      await refresh();
    }),
    registerCommand(shell, COMMANDS.leaveTeam, async () => {
      await leaveTeam(shell);
      await refresh();
    }),
  );
}

function isPattern(node: unknown): node is Extract<TeamNode, { kind: 'pattern' }> {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'pattern';
}
