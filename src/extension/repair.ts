import { l10n, ProgressLocation, window } from 'vscode';
import type { Repair } from '../core/model/api/library.ts';
import { AppError } from '../core/model/errors.ts';
import type { DoctorReport } from '../core/model/ports/libraryUpkeep.ts';
import { displayed } from './displayed.ts';
import { describeFailure } from './failure.ts';
import { showError, showInformation, showWarning } from './messages.ts';
import type { Shell } from './shell.ts';

type RepairShell = Pick<Shell, 'connection' | 'log'>;

/** What the button says that writes back what damaged files held. */
export function recoverTitle(): string {
  return l10n.t('Recover');
}

/**
 * Makes all derived files anew, after what damaged files of the journal held was written back where
 * that is asked for, and says whether the library is intact. What would be dropped is offered back.
 */
export async function repairLibrary(shell: RepairShell, repair: Repair): Promise<void> {
  const title =
    repair === 'recover'
      ? l10n.t('Recovering what the pattern library lost')
      : l10n.t('Rebuilding the index of the pattern library');
  const options = { location: ProgressLocation.Notification, title };
  try {
    const report = await window.withProgress(options, () =>
      shell.connection.engine.library.doctor(repair),
    );
    void tell(shell, report);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library-incomplete') throw error;
    const { message, hint } = describeFailure(error);
    const chosen = await showWarning(`${message}. ${hint}`, recoverTitle());
    if (chosen === recoverTitle()) await repairLibrary(shell, 'recover');
  }
}

async function tell({ log }: RepairShell, { findings }: DoctorReport): Promise<void> {
  for (const { level, check, message } of findings) {
    const line = `${check}: ${message.text}`;
    if (level === 'ok') log.info(line);
    else log.warn(line);
  }
  const worst = findings.find(({ level }) => level === 'error');
  const recovered = findings.find(({ check }) => check === 'recovered');
  if (worst === undefined) {
    const done = l10n.t('The index was rebuilt. The library is intact.');
    const told = recovered === undefined ? done : `${displayed(recovered.message)}. ${done}`;
    void showInformation(told);
    return;
  }
  const showLog = l10n.t('Show Log');
  const message = l10n.t(
    'The index was rebuilt, but the library is damaged: {0}',
    displayed(worst.message),
  );
  if ((await showError(message, showLog)) === showLog) log.show();
}
