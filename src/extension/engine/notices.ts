import { Disposable, l10n } from 'vscode';
import type { LibraryTrouble } from '../../core/model/ports/libraryUpkeep.ts';
import { displayed } from '../displayed.ts';
import { showFailure } from '../failure.ts';
import { toSentence } from '../heading.ts';
import { showError, showInStatusBar, showWarning } from '../messages.ts';
import { recoverTitle, repairLibrary } from '../repair.ts';
import type { PatternBrowser } from '../browser/patternBrowser.ts';
import type { EngineState, Shell } from '../shell.ts';

/**
 * Tells a person that a process died, what that means, and what they can do.
 *
 * @param browser says itself, where it is seen, that there is no library
 */
export function registerEngineNotices(
  shell: Pick<Shell, 'connection' | 'log'>,
  browser: Pick<PatternBrowser, 'isVisible'>,
): Disposable {
  const { connection } = shell;
  const said = new Set<string>();
  let before = connection.state.state;
  const tell = (state: EngineState): void => {
    const isBack = before === 'restarting' && state.state === 'ready';
    before = state.state;
    if (isBack) {
      showInStatusBar(l10n.t('Pattern Foundry stopped and restarted. Nothing was lost'), 'info');
    } else if (state.state === 'failed' && !browser.isVisible()) {
      void tellFailed(shell, state.failure);
    }
  };
  return Disposable.from(
    connection.onDidChangeState(tell),
    connection.onDidMeetTrouble((trouble) => {
      // A process that takes over from another finds the same.
      if (said.has(trouble.message.text)) return;
      said.add(trouble.message.text);
      void tellTrouble(shell, trouble);
    }),
    connection.onDidRestartEmbedder(() => {
      showInStatusBar(l10n.t('Semantic search stopped and will restart when needed'), 'info');
    }),
  );
}

async function tellTrouble(
  shell: Pick<Shell, 'connection' | 'log'>,
  { message, isRecoverable }: LibraryTrouble,
): Promise<void> {
  const showLog = l10n.t('Show Log');
  const text = l10n.t('The pattern library is incomplete: {0}', displayed(message));
  const actions = isRecoverable ? [recoverTitle(), showLog] : [showLog];
  const chosen = await showWarning(text, ...actions);
  if (chosen === showLog) shell.log.show();
  else if (chosen !== undefined) {
    await repairLibrary(shell, 'recover').catch((error: unknown) => showFailure(shell, error));
  }
}

async function tellFailed(
  { connection, log }: Pick<Shell, 'connection' | 'log'>,
  { message, hint }: { readonly message: string; readonly hint: string },
): Promise<void> {
  const tryAgain = l10n.t('Try Again');
  const showLog = l10n.t('Show Log');
  // As a command says it that fails by it, so that the two are one.
  const chosen = await showError(`${toSentence(message)} ${hint}`, tryAgain, showLog);
  if (chosen === tryAgain) await connection.restart();
  if (chosen === showLog) log.show();
}
