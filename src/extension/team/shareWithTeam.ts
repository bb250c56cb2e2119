import { l10n } from 'vscode';
import { pickPattern } from '../commands/patterns/patternPick.ts';
import { patternInFront } from '../documents/patternTabs.ts';
import { askModal, showInformation } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { readTeamKey } from './connectToTeam.ts';
import { jsonPage, manyLines, showWhole } from './showWhole.ts';

/**
 * Shows exactly what would leave, and shares it when that is wanted.
 *
 * @param argument the id of a pattern; the one in front or a chosen one when absent
 */
export async function shareWithTeam(shell: Shell, argument: unknown): Promise<boolean> {
  const id =
    (typeof argument === 'string' ? argument : patternInFront()) ??
    (await pickPattern(shell, {
      title: l10n.t('Share With Team'),
      placeholder: l10n.t('Which pattern? Words, names or code'),
      text: '',
      suggest: () => Promise.resolve([]),
      buttons: [],
    }));
  if (id === undefined) return false;
  const { team } = shell.connection.engine;
  const [preview] = await team.preview({ ids: [id] });
  if (preview === undefined) return false;
  const share = l10n.t('Share');
  const isWanted = await showWhole(manyLines(preview.line), {
    dialog: async (detail) => {
      const question = l10n.t('Share “{0}” with the team? This leaves your machine:', preview.name);
      return (await askModal(question, detail, share)) === share;
    },
    page: async () => {
      const title = `${l10n.t('Share With Team')} (${preview.name})`;
      await shell.reports.show({ title, about: id, text: jsonPage(preview.line) });
      const question = l10n.t(
        'Share “{0}” with the team? The page that opened shows everything that will leave your machine.',
        preview.name,
      );
      return (await showInformation(question, share)) === share;
    },
  });
  if (!isWanted) return false;
  await team.share([id], await readTeamKey(shell));
  return true;
}
