import { l10n } from 'vscode';
import { pickPattern } from '../commands/patterns/patternPick.ts';
import { patternInFront } from '../documents/patternTabs.ts';
import { askModal } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { readTeamKey } from './connectToTeam.ts';

/** Of the line that leaves, as much as a dialog shows. */
const MOST_SHOWN = 2000;

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
  const shown = JSON.stringify(JSON.parse(preview.line), null, 1).slice(0, MOST_SHOWN);
  const question = l10n.t('Share “{0}” with the team? This leaves your machine:', preview.name);
  if ((await askModal(question, shown, share)) !== share) return false;
  await team.share([id], await readTeamKey(shell));
  return true;
}
