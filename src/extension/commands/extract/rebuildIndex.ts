import { l10n, ProgressLocation, window, type Disposable } from 'vscode';
import type { DoctorReport } from '../../../core/model/ports/libraryUpkeep.ts';
import { registerCommand } from '../../command.ts';
import { displayed } from '../../displayed.ts';
import { showError, showInformation } from '../../messages.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';

/** Rebuild Index: makes all derived files anew and says whether the library is sound. */
export function registerRebuildIndex(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.rebuildIndex, async () => {
    const title = l10n.t('Rebuilding the index of the pattern library');
    const options = { location: ProgressLocation.Notification, title };
    const report = await window.withProgress(options, () =>
      shell.connection.engine.library.doctor(true),
    );
    void tell(shell, report);
  });
}

async function tell({ log }: Shell, { findings }: DoctorReport): Promise<void> {
  for (const { level, check, message } of findings) {
    const line = `${check}: ${message.text}`;
    if (level === 'ok') log.info(line);
    else log.warn(line);
  }
  const worst = findings.find(({ level }) => level === 'error');
  if (worst === undefined) {
    void showInformation(l10n.t('The index was rebuilt. The library is intact.'));
    return;
  }
  const showLog = l10n.t('Show Log');
  const message = l10n.t(
    'The index was rebuilt, but the library is damaged: {0}',
    displayed(worst.message),
  );
  if ((await showError(message, showLog)) === showLog) log.show();
}
