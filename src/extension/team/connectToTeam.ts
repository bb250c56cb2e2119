import { l10n, window } from 'vscode';
import type { TeamStatus } from '../../core/model/api/team.ts';
import { createServerKeys } from '../keys/serverKeys.ts';
import { showInformation } from '../messages.ts';
import type { Shell } from '../shell.ts';

/** The key of the team, where it was given in VS Code, which keeps it. */
export async function readTeamKey({
  connection,
  context,
}: Pick<Shell, 'connection' | 'context'>): Promise<string | undefined> {
  const status = await connection.engine.team.status();
  return status === undefined
    ? undefined
    : createServerKeys(context.secrets, 'team').read(status.address);
}

/** Asks for address and key. @returns `undefined` when it was left */
export async function connectToTeam(
  shell: Pick<Shell, 'connection' | 'context'>,
): Promise<TeamStatus | undefined> {
  const { team } = shell.connection.engine;
  const before = await team.status();
  const address = await window.showInputBox({
    title: l10n.t('Connect to Team'),
    prompt: l10n.t('Address of the team server'),
    placeHolder: l10n.t('As in https://patterns.example.com'),
    value: before?.address ?? '',
    ignoreFocusOut: true,
  });
  if (address === undefined || address.trim() === '') return undefined;
  const key = await window.showInputBox({
    title: l10n.t('Connect to Team'),
    prompt: l10n.t('Your key, which an administrator of the team gave you'),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined || key.trim() === '') return undefined;
  const connection = { address: address.trim(), key: key.trim(), keepsKey: false };
  const status = await team.connect(connection);
  const keys = createServerKeys(shell.context.secrets, 'team');
  await keys.store(status.address, connection.key, before?.address);
  void showInformation(l10n.t('Connected to “{0}” as {1}.', status.team, status.user));
  return status;
}
