import { commands, env, l10n, Position, Range, Uri, window } from 'vscode';
import { AppError, type ErrorCode, type FilePlace } from '../core/model/errors.ts';
import type { FailureText } from '../protocol/browser.ts';
import { isOfLibraryPlace } from '../protocol/libraryPlace.ts';
import { displayed } from './displayed.ts';
import { EngineStopped } from './engine/engineErrors.ts';
import { toHeading, toSentence } from './heading.ts';
import { showError } from './messages.ts';
import type { Shell } from './shell.ts';

type Code = ErrorCode | 'engine-stopped' | 'internal-error';

/** What a person reads about an error. Errors without a code are bugs. */
export function describeFailure(error: unknown): FailureText {
  const code = codeOf(error);
  const message = hasLocalizedMessage(error) ? displayed(error.localizedMessage) : englishOf(error);
  const place = error instanceof AppError ? error.place : undefined;
  return {
    ...{ code, message: toHeading(message), hint: HINTS[code]() },
    ...(place !== undefined && { place }),
  };
}

/** A stopped call: somebody asked for it, and there is nothing to say about it. */
export function isStopped(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** Says what went wrong, what to do, and offers to do it; all of it is in the log. */
export async function showFailure(shell: Pick<Shell, 'log'>, error: unknown): Promise<void> {
  if (isStopped(error)) return;
  logFailure(shell, error);
  const failure = describeFailure(error);
  const { message, hint } = failure;
  const action = actionFor(failure);
  const showLog = l10n.t('Show Log');
  const chosen = await showError(
    `${toSentence(message)} ${hint}`,
    ...(action === undefined ? [] : [action.title]),
    showLog,
  );
  if (chosen === showLog) shell.log.show();
  else if (chosen !== undefined) await action?.run();
}

export function logFailure({ log }: Pick<Shell, 'log'>, error: unknown): void {
  const isBug = codeOf(error) === 'internal-error' && error instanceof Error;
  log.error(isBug ? error : toHeading(englishOf(error)));
}

function codeOf(error: unknown): Code {
  if (error instanceof AppError) return error.code;
  return error instanceof EngineStopped ? 'engine-stopped' : 'internal-error';
}

function hasLocalizedMessage(error: unknown): error is AppError | EngineStopped {
  return error instanceof AppError || error instanceof EngineStopped;
}

function englishOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** Opens the setting that says where the library is; it belongs to the machine this runs on. */
export function chooseLibrary(): Thenable<unknown> {
  const query = 'patternFoundry.libraryPath';
  return env.remoteName === undefined
    ? commands.executeCommand('workbench.action.openSettings', { query })
    : commands.executeCommand('workbench.action.openRemoteSettings', { query });
}

export interface FailureAction {
  readonly title: string;
  readonly run: () => Thenable<unknown>;
}

/** What mends a failure; `undefined` where no single thing does. */
export function actionFor({ code, place }: FailureText): FailureAction | undefined {
  if (place !== undefined) return { title: l10n.t('Open File'), run: () => openPlace(place) };
  const title = l10n.t('Open Settings');
  if (isOfLibraryPlace(code)) return { title, run: chooseLibrary };
  if (code !== 'bad-setting') return undefined;
  const query = '@ext:pattern-foundry.pattern-foundry';
  return {
    title,
    run: () => commands.executeCommand('workbench.action.openSettings', { query }),
  };
}

function openPlace({ file, line }: FilePlace): Thenable<unknown> {
  const at = new Position(line - 1, 0);
  return window.showTextDocument(Uri.file(file), { selection: new Range(at, at) });
}

/** Kept as functions: the display language is known when they are asked. */
const HINTS: Readonly<Record<Code, () => string>> = {
  'adapter-damaged': () => l10n.t('Copy the adapter again from its source.'),
  'adapter-mismatch': () => l10n.t('Merge adapters of one base model.'),
  'adapter-not-found': () => l10n.t('Check the path of the adapter.'),
  'adapter-unsupported': () => l10n.t('Only plain LoRA adapters can be merged.'),
  'adapter-version-exists': () => l10n.t('Choose another name.'),
  'adapter-version-not-found': () => l10n.t('Check the name of the version.'),
  'adapter-worse': () => l10n.t('Keep the active version, or activate this one anyway.'),
  'bad-argument': () => l10n.t('Check what you entered and try again.'),
  'bad-config': () => l10n.t('Fix this line in .pattern-foundry.yaml.'),
  'bad-setting': () => l10n.t('Change this setting.'),
  'disk-full': () => l10n.t('Free up disk space and try again. Confirmed changes are kept.'),
  'embedder-failed': () => l10n.t('Until then, search uses words only. Extract again to retry.'),
  'experiment-not-found': () => l10n.t('Check the name of the experiment.'),
  'engine-stopped': () => l10n.t('It restarts automatically; no saved change is lost.'),
  'folder-not-found': () => l10n.t('Check that the folder still exists.'),
  'folder-not-trusted': () => l10n.t('Trust the workspace first.'),
  'folder-too-large': () => l10n.t('Open the folder of one project.'),
  'git-failed': () => l10n.t('Run git status in the folder to see what is wrong.'),
  'git-missing': () => l10n.t('Install git and make sure that it is on the PATH.'),
  'impression-not-found': () => l10n.t('It was shown too long ago. Rate the pattern instead.'),
  'library-damaged': () => l10n.t('For details, run: pattern-foundry doctor'),
  'library-deleted': () => l10n.t('New patterns go to a new library.'),
  'library-incomplete': () => l10n.t('Recover what is left of them first.'),
  'library-on-shared-drive': () =>
    l10n.t('Choose a folder on a local disk in the “Library Path” setting.'),
  'library-read-only': () =>
    l10n.t('Make the library folder writable, or choose another one in the settings.'),
  'library-unreadable': () =>
    l10n.t('Make the library folder readable, or choose another one in the settings.'),
  'library-write-failed': () =>
    l10n.t('Check the disk and your permissions for the library folder, then try again.'),
  'model-answer-unusable': () => l10n.t('Try another model, or go without one.'),
  'model-budget-spent': () =>
    l10n.t('What was answered is kept. Raise the budget in the settings.'),
  'model-failed': () => l10n.t('Check the model’s address, name and key.'),
  'model-not-allowed': () => l10n.t('Try again, and confirm what is sent.'),
  'pack-damaged': () => l10n.t('Ask whoever made the pack for a whole one.'),
  'pack-not-found': () => l10n.t('Check the name and the registry.'),
  'pack-untrusted': () => l10n.t('Ask whoever made the pack whether the key is theirs.'),
  'patch-refused': () => l10n.t('Ask for a fix again: it is made from the files as they are now.'),
  'pattern-forgotten': () => l10n.t('To bring it back, run: pattern-foundry restore'),
  'pattern-not-found': () => l10n.t('It may have been forgotten in the meantime. Search again.'),
  'places-not-imported': () => l10n.t('Import them with: pattern-foundry experiment import'),
  'port-taken': () => l10n.t('Choose another port.'),
  'project-forgotten': () => l10n.t('To bring it back, run: pattern-foundry restore --project'),
  'project-not-found': () => l10n.t('Refresh the browser to see the projects of the library.'),
  'purge-pending': () => l10n.t('Close other windows and commands that use the library.'),
  'session-not-found': () => l10n.t('Name a session that the list shows.'),
  'team-answer-unreadable': () => l10n.t('Check that this is the address of a team server.'),
  'team-data-in-use': () => l10n.t('Stop the other server.'),
  'team-database-mismatch': () => l10n.t('Use the version that made the database.'),
  'team-key-needed': () => l10n.t('Connect to the team again with your key.'),
  'team-not-connected': () => l10n.t('Connect to a team first.'),
  'team-refused': () => l10n.t('Ask an administrator of the team for a key that may do this.'),
  'team-unreachable': () =>
    l10n.t('Check the network. What still has to be sent is kept until then.'),
  'unsupported-language': () => l10n.t('Choose code in one of the supported languages.'),
  'version-not-found': () => l10n.t('Choose one that Show Versions lists.'),
  'internal-error': () => l10n.t('This is a bug in Pattern Foundry. See the log for details.'),
};
