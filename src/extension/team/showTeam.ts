import { commands, l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import type { TeamOffer, TeamShared, TeamStatus, TeamSync } from '../../core/model/api/team.ts';
import { askModal, showInformation } from '../messages.ts';
import { COMMANDS } from '../names.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { createServerKeys } from '../keys/serverKeys.ts';

interface TeamItem extends QuickPickItem {
  readonly run?: () => unknown;
}

/** What the team shared, who, when and how it fared; what waits can be accepted from here. */
export async function showTeam(
  shell: Shell,
  sync: () => Promise<TeamSync | undefined>,
): Promise<void> {
  const { team } = shell.connection.engine;
  const status = await team.status();
  if (status === undefined) {
    await commands.executeCommand(COMMANDS.connectTeam);
    return;
  }
  const shared = await team.list();
  const items: TeamItem[] = [
    { label: `$(sync) ${l10n.t('Sync Now')}`, run: sync },
    {
      label: `$(cloud-upload) ${l10n.t('Share With Team…')}`,
      run: () => commands.executeCommand(COMMANDS.shareWithTeam),
    },
    { label: `$(sign-out) ${l10n.t('Leave Team…')}`, run: () => leave(shell, status) },
    { label: status.team, kind: QuickPickItemKind.Separator },
    ...shared.map((one) => toItem(shell, one)),
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Team “{0}”', status.team),
    placeHolder: l10n.t('{0} shared, {1} wait to be accepted', status.known, status.waiting),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await chosen?.run?.();
}

function toItem(shell: Shell, shared: TeamShared): TeamItem {
  const { pattern, name, author, own, waiting, helpful, votes, good_outcomes, outcomes, offer } =
    shared;
  const mark = waiting ? '$(inbox) ' : offer !== null ? '$(edit) ' : own ? '$(account) ' : '';
  return {
    label: mark + asPlainLabel(name),
    description: own ? l10n.t('by you') : l10n.t('by {0}', asPlainLabel(author)),
    detail: l10n.t(
      '{0} · helpful {1} of {2} · did well {3} of {4}',
      shared.shared_at.slice(0, 10),
      helpful,
      votes,
      good_outcomes,
      outcomes,
    ),
    run: () =>
      waiting
        ? accept(shell, shared)
        : offer === null
          ? openPattern(pattern)
          : take(shell, shared, offer),
  };
}

async function accept(shell: Shell, { pattern, name, author }: TeamShared): Promise<void> {
  await openPattern(pattern);
  const yes = l10n.t('Accept');
  const question = l10n.t('Accept “{0}” by {1} for search and prompts?', name, author);
  if ((await showInformation(question, yes)) === yes) {
    await shell.connection.engine.curate.accept({ pattern });
  }
}

/** What was accepted stays as it is until somebody read what its author made of it since. */
async function take(
  shell: Shell,
  { pattern, name, author }: TeamShared,
  offer: TeamOffer,
): Promise<void> {
  const yes = l10n.t('Take In');
  const question = l10n.t('Take in what {0} writes about “{1}” now?', author, name);
  const detail = [offer.name, offer.description, offer.tags.join(', ')].join('\n\n');
  if ((await askModal(question, detail, yes)) === yes) {
    await shell.connection.engine.team.take([pattern]);
  }
}

function openPattern(id: string): Thenable<unknown> {
  return commands.executeCommand(COMMANDS.openBrowser, id);
}

async function leave(shell: Shell, { address }: TeamStatus): Promise<void> {
  const keep = l10n.t('Leave');
  const forget = l10n.t('Leave And Forget');
  const question = l10n.t('Leave the team?');
  const detail = l10n.t('What you shared stays shared. What others shared can be forgotten here.');
  const chosen = await askModal(question, detail, keep, forget);
  if (chosen === undefined) return;
  await shell.connection.engine.team.leave(chosen === forget);
  await createServerKeys(shell.context.secrets, 'team').forget(address);
}
