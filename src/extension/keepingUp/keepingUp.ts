import { Disposable, Uri, window, workspace } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { systemClock } from '../clock.ts';
import type { KeepingUp } from '../configuration.ts';
import { logFailure } from '../failure.ts';
import { extractableFolders } from '../folders.ts';
import { SETTINGS_SECTION } from '../names.ts';
import { readKeepingUp } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { registerBuildWatch } from './builds.ts';
import { openChanges, type Change } from './changes.ts';
import { registerCommitWatch } from './commits.ts';
import { registerEditWatch } from './edits.ts';
import { knownFolders } from './knownFolders.ts';
import type { NoteChange } from './noteChange.ts';

const EVERYTHING: Change = { paths: undefined, history: true };

/** Saves and commits come in bursts. */
const SETTLE_MS = 1500;
/** What changed while no window was open is looked for when the window has settled. */
const CATCH_UP_MS = 5000;
/**
 * All windows of a folder hear of a commit. The ones in the background come later and find that
 * there is nothing left to do.
 */
const BACKGROUND_MS = 15_000;

/** Extracts what changes in folders that a person extracted once. */
export function registerKeepingUp(shell: Shell): Disposable {
  const { jobs, context, log } = shell;
  const known = knownFolders(context.workspaceState);

  const extract = async (folder: Uri, { paths, history }: Change): Promise<void> => {
    const sinceDate = history ? known.sinceDate(folder) : undefined;
    try {
      await jobs.start({
        folder,
        history,
        origin: 'automatic',
        ...(paths !== undefined && { paths }),
        ...(sinceDate !== undefined && { sinceDate }),
      });
    } catch (error) {
      logFailure(shell, error);
      const isUnwanted = error instanceof AppError && error.code === 'project-forgotten';
      if (isUnwanted) await known.forget(folder);
    }
  };
  const changes = openChanges({
    clock: systemClock,
    take: (folder, change) => {
      const uri = Uri.parse(folder, true);
      // It may have been closed or changed its setting meanwhile.
      const isOpen = extractableFolders().some((open) => open.uri.toString() === folder);
      if (isOpen && readKeepingUp(uri) !== 'never') void extract(uri, change);
    },
  });
  const note = (mode: KeepingUp, delayMs: () => number): NoteChange => {
    return ({ uri }, change) => {
      if (!known.isExtracted(uri) || readKeepingUp(uri) !== mode) return;
      changes.add(uri.toString(), change, delayMs());
    };
  };
  const whenSettled = (): number => (window.state.focused ? SETTLE_MS : BACKGROUND_MS);
  const noteLater = note('onSave', () => CATCH_UP_MS);
  const catchUp = (): void => {
    for (const folder of extractableFolders()) noteLater(folder, EVERYTHING);
  };

  log.debug('keeping up with folders that were extracted once');
  catchUp();
  return Disposable.from(
    registerEditWatch(note('onSave', () => SETTLE_MS)),
    registerCommitWatch(shell, note('onSave', whenSettled)),
    registerBuildWatch(note('afterSuccessfulBuild', () => SETTLE_MS)),
    workspace.onDidChangeWorkspaceFolders(catchUp),
    workspace.onDidGrantWorkspaceTrust(catchUp),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${SETTINGS_SECTION}.extraction.auto`)) catchUp();
    }),
    new Disposable(() => {
      changes.close();
    }),
  );
}
