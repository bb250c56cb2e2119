import { Disposable, l10n, window } from 'vscode';
import { registerCommand } from '../command.ts';
import { chooseFolder } from '../commands/extract/chooseFolder.ts';
import { placeOf } from '../folders.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation } from '../messages.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { type FailedOutputs, watchFailedOutputs } from './failedOutput.ts';
import { askForIssue } from './issueSources.ts';
import { pickPlace } from './placePick.ts';

/** Finds where what is wrong has to be fixed. */
export function registerResolve(shell: Shell): Disposable {
  const outputs = watchFailedOutputs();
  return Disposable.from(
    outputs,
    registerCommand(shell, COMMANDS.findWhereToFix, (given) =>
      findWhereToFix(shell, outputs, given),
    ),
  );
}

/** Find Where To Fix: ranked places for an issue, an error, or what a failing test printed. */
async function findWhereToFix(shell: Shell, outputs: FailedOutputs, given: unknown): Promise<void> {
  const inFront = window.activeTextEditor && placeOf(window.activeTextEditor.document.uri);
  const folder = inFront?.folder ?? (await chooseFolder(l10n.t('Find Where To Fix')));
  if (folder === undefined) return;
  const text = await askForIssue(given, outputs);
  if (text === undefined) return;
  const instance = { text, folder: folder.uri.fsPath };
  const found = await watchWork(l10n.t('Looking for the places to fix'), (watch) =>
    shell.connection.engine.resolution.localize(instance, { atOnce: true }, watch),
  );
  if (found.places.length > 0) await pickPlace(shell, found);
  else void showInformation(l10n.t('Nothing was found: no word of the text is in the code.'));
}
