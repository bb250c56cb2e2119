import { l10n, window } from 'vscode';
import type { TeamOffer, TeamShared } from '../../core/model/api/team.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { openPattern } from '../documents/patternDocuments.ts';
import { createServerKeys } from '../keys/serverKeys.ts';
import { askModal, showInformation } from '../messages.ts';
import { asPlainLabel } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { showWhole } from './showWhole.ts';
import { fareText } from './teamText.ts';

/** Accepts what waits, or takes in what its author writes about it now; the one of a row, else a chosen one. */
export async function acceptShared(shell: Shell, given: TeamShared | undefined): Promise<void> {
  const shared = given ?? (await choose(shell));
  if (shared === undefined) return;
  if (shared.waiting) await accept(shell, shared);
  else if (shared.offer !== null) await take(shell, shared, shared.offer);
}

async function choose({ connection }: Shell): Promise<TeamShared | undefined> {
  const all = await connection.engine.team.list();
  const items = all
    .filter(({ waiting, offer }) => waiting || offer !== null)
    .map((shared) => ({
      label: asPlainLabel(shared.name),
      description: l10n.t('by {0}', asPlainLabel(shared.author)),
      detail: fareText(shared, l10n),
      shared,
    }));
  if (items.length === 0) {
    void showInformation(l10n.t('Nothing from the team is waiting.'));
    return undefined;
  }
  const title = l10n.t('Accept What Was Shared');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.shared;
}

/** Nobody accepts the code of others without having it before them. */
async function accept(shell: Shell, { pattern, name, author }: TeamShared): Promise<void> {
  const { patterns, curate } = shell.connection.engine;
  const whole = await patterns.show(pattern);
  if (whole === undefined) return;
  const yes = l10n.t('Accept');
  const question = l10n.t('Accept “{0}” by {1} for search and prompts?', name, author);
  const isAccepted = await showWhole(textOf(whole), {
    dialog: async (detail) => (await askModal(question, detail, yes)) === yes,
    page: async () => {
      await openPattern(whole, {});
      return (await showInformation(question, yes)) === yes;
    },
  });
  if (isAccepted) await curate.accept({ pattern });
}

function textOf(pattern: Pattern): string {
  const code =
    'code' in pattern
      ? [pattern.code]
      : [
          ...(pattern.before === '' ? [] : [l10n.t('Before the change:'), pattern.before]),
          ...[l10n.t('After the change:'), pattern.after],
        ];
  return [pattern.description, ...code].join('\n\n');
}

/** What was accepted stays as it is until somebody read what its author made of it since. */
async function take(
  shell: Shell,
  { pattern, name, author }: TeamShared,
  offer: TeamOffer,
): Promise<void> {
  const yes = l10n.t('Update');
  const question = l10n.t('Update “{0}” with what {1} changed?', name, author);
  const detail = [offer.name, offer.description, offer.tags.join(', ')].join('\n\n');
  if ((await askModal(question, detail, yes)) === yes) {
    await shell.connection.engine.team.take([pattern]);
  }
}

/** Asks whether what others shared goes, too. */
export async function leaveTeam(shell: Shell): Promise<void> {
  const status = await shell.connection.engine.team.status();
  if (status === undefined) return;
  const keep = l10n.t('Leave');
  const forget = l10n.t('Leave And Forget');
  const question = l10n.t('Leave the team?');
  const detail = l10n.t('What you shared stays shared. What others shared can be forgotten here.');
  const chosen = await askModal(question, detail, keep, forget);
  if (chosen === undefined) return;
  await shell.connection.engine.team.leave(chosen === forget);
  await createServerKeys(shell.context.secrets, 'team').forget(status.address);
}
