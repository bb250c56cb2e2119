import { Disposable, l10n, StatusBarAlignment, window } from 'vscode';
import type { TeamStatus, TeamSync } from '../../core/model/api/team.ts';
import { registerCommand } from '../command.ts';
import { isStopped } from '../failure.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { connectToTeam, readTeamKey } from './connectToTeam.ts';
import { shareWithTeam } from './shareWithTeam.ts';
import { showTeam } from './showTeam.ts';
import { describeSync, describeTrouble } from './teamText.ts';

/** Between two syncs that nobody asked for. */
const PAUSE_MS = 5 * 60_000;
/** After the window opened, so that it opens first. */
const FIRST_MS = 20_000;

/** One team, its line in the status bar, and syncing with it in the background. */
export function registerTeam(shell: Shell): Disposable {
  const { engine } = shell.connection;
  const item = window.createStatusBarItem('team', StatusBarAlignment.Left, 0);
  item.name = l10n.t('Pattern Foundry: Team');
  item.command = COMMANDS.showTeam;
  let hasTeam = false;
  let next: NodeJS.Timeout | undefined;

  async function sync(): Promise<TeamSync | undefined> {
    const status = await engine.team.status();
    hasTeam = status !== undefined;
    if (status === undefined) {
      item.hide();
      return undefined;
    }
    const done = await engine.team.sync(await readTeamKey(shell), {});
    item.text = describeSync(done, l10n);
    item.tooltip = l10n.t('Patterns of the team “{0}”', status.team);
    item.show();
    for (const { name, reason } of done.notTaken) {
      shell.log.warn(`team: ${name} was not taken: ${reason}`);
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
    new Disposable(() => {
      clearTimeout(next);
    }),
    registerCommand(shell, COMMANDS.connectTeam, async () => {
      const status: TeamStatus | undefined = await connectToTeam(shell);
      if (status !== undefined) await sync();
    }),
    registerCommand(shell, COMMANDS.shareWithTeam, async (id) => {
      if (await shareWithTeam(shell, id)) await sync();
    }),
    registerCommand(shell, COMMANDS.showTeam, async () => {
      await showTeam(shell, sync);
      if ((await engine.team.status()) === undefined) item.hide();
    }),
  );
}
