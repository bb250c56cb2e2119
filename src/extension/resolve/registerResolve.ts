import { Disposable, l10n, window } from 'vscode';
import type { NamelessInstance } from '../../core/model/resolution/instance.ts';
import { registerCommand } from '../command.ts';
import { chooseFolder } from '../commands/extract/chooseFolder.ts';
import { placeOf } from '../folders.ts';
import { watchWork } from '../jobs/watchWork.ts';
import { showInformation } from '../messages.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import { acceptFix } from './acceptFix.ts';
import { type FailedOutputs, watchFailedOutputs } from './failedOutput.ts';
import { askForIssue } from './issueSources.ts';
import { pickPlace } from './placePick.ts';
import { openProposals } from './proposals.ts';
import { proposeFix } from './proposeFix.ts';

/** Finds where what is wrong has to be fixed, and proposes fixes. */
export function registerResolve(shell: Shell): Disposable {
  const outputs = watchFailedOutputs();
  const proposals = openProposals();
  return Disposable.from(
    outputs,
    proposals,
    registerCommand(shell, COMMANDS.findWhereToFix, async (given) => {
      const issue = await askForInstance(l10n.t('Find Where to Fix'), outputs, given);
      if (issue !== undefined) await findWhereToFix(shell, issue);
    }),
    registerCommand(shell, COMMANDS.proposeFix, async (given) => {
      const issue = await askForInstance(l10n.t('Propose a Fix'), outputs, given);
      if (issue !== undefined) await proposeFix(shell, proposals, issue);
    }),
    registerCommand(shell, COMMANDS.acceptFix, () => acceptFix(proposals)),
  );
}

async function askForInstance(
  title: string,
  outputs: FailedOutputs,
  given: unknown,
): Promise<NamelessInstance | undefined> {
  const inFront = window.activeTextEditor && placeOf(window.activeTextEditor.document.uri);
  const folder = inFront?.folder ?? (await chooseFolder(title));
  if (folder === undefined) return undefined;
  const text = await askForIssue(title, given, outputs);
  return text === undefined ? undefined : { text, folder: folder.uri.fsPath };
}

/** Find Where to Fix: ranked places for an issue, an error, or what a failing test printed. */
async function findWhereToFix(shell: Shell, issue: NamelessInstance): Promise<void> {
  const found = await watchWork(l10n.t('Looking for the places to fix'), (watch) =>
    shell.connection.engine.resolution.localize(issue, { atOnce: true }, watch),
  );
  if (found.places.length > 0) await pickPlace(shell, found, issue.text);
  else void showInformation(l10n.t('Nothing was found: no word of the text is in the code.'));
}
