import { commands, l10n } from 'vscode';
import { logFailure } from '../failure.ts';
import { showInformation } from '../messages.ts';
import type { Shell } from '../shell.ts';
import { setSuggestMode } from './suggestSettings.ts';

const ASKED = 'suggestions.askedBesideOther';

/** Asks once whether to suggest code although another extension does; says where to change it. */
export async function askBesideOther(
  shell: Pick<Shell, 'context' | 'log'>,
  other: string,
): Promise<void> {
  const { globalState } = shell.context;
  if (globalState.get(ASKED) === true) return;
  try {
    await globalState.update(ASKED, true);
    const show = l10n.t('Show Both');
    const settings = l10n.t('Settings');
    const chosen = await showInformation(
      l10n.t(
        '{0} suggests code while you type, so Pattern Foundry does only when you ask (setting “Suggestions: Enabled”).',
        other,
      ),
      show,
      settings,
    );
    if (chosen === show) await setSuggestMode('on');
    if (chosen === settings) {
      const query = 'patternFoundry.suggestions';
      await commands.executeCommand('workbench.action.openSettings', query);
    }
  } catch (error) {
    logFailure(shell, error);
  }
}
