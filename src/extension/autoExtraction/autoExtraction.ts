import { Disposable, Uri, window, workspace } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { systemClock } from '../../core/platform/clock.ts';
import type { AutoExtraction } from '../configuration.ts';
import { logFailure } from '../failure.ts';
import { extractableFolders } from '../folders.ts';
import {
  onDidChangeAutoExtraction,
  onDidChangeLibraryPath,
  readAutoExtraction,
} from '../settings.ts';
import type { Shell } from '../shell.ts';
import { registerBuildWatch } from './builds.ts';
import { openChanges, type Change } from './changes.ts';
import { registerCommitWatch } from './commits.ts';
import { registerEditWatch } from './edits.ts';
import { registerSettingsWatch } from './extractionSettings.ts';
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
export function registerAutoExtraction(shell: Shell): Disposable {
  const { known, log } = shell;
  const changes = openChanges({
    clock: systemClock,
    take: async (folder, change) => {
      const uri = Uri.parse(folder, true);
      // It may have been closed or changed its setting meanwhile.
      const isOpen = extractableFolders().some((open) => open.uri.toString() === folder);
      if (!isOpen || readAutoExtraction(uri) === 'never') return true;
      return known.isExtracted(uri) && extract(shell, uri, change);
    },
  });
  const note = (mode: AutoExtraction, delayMs: () => number): NoteChange => {
    return ({ uri }, change) => {
      if (readAutoExtraction(uri) !== mode) return;
      if (known.isExtracted(uri)) changes.add(uri.toString(), change, delayMs());
      // Many files may change before a person extracts, and the unchanged ones cost little then.
      else changes.keep(uri.toString(), { ...change, paths: undefined });
    };
  };
  const whenSettled = (): number => (window.state.focused ? SETTLE_MS : BACKGROUND_MS);
  const noteLater = note('onSave', () => CATCH_UP_MS);
  const noteCommit = note('onSave', whenSettled);
  const noteBuild = note('afterSuccessfulBuild', () => SETTLE_MS);
  const catchUp = (): void => {
    for (const folder of extractableFolders()) {
      if (known.isExtracted(folder.uri)) noteLater(folder, EVERYTHING);
    }
  };

  log.debug('keeping up with folders that were extracted once');
  catchUp();
  return Disposable.from(
    registerEditWatch(note('onSave', () => SETTLE_MS)),
    registerSettingsWatch(note('onSave', () => SETTLE_MS)),
    registerCommitWatch(shell, (folder) => {
      noteCommit(folder, EVERYTHING);
    }),
    registerBuildWatch((folder, hasPassed) => {
      if (hasPassed) noteBuild(folder, EVERYTHING);
    }),
    workspace.onDidChangeWorkspaceFolders(catchUp),
    workspace.onDidGrantWorkspaceTrust(catchUp),
    onDidChangeAutoExtraction(catchUp),
    onDidChangeLibraryPath(catchUp),
    // What changed while it was extracted may have been read before.
    known.onDidExtract((folder) => {
      changes.release(folder, SETTLE_MS);
    }),
    new Disposable(() => {
      changes.close();
    }),
  );
}

/** @returns whether nothing of the change is left to do */
async function extract(
  { jobs, known, log }: Shell,
  folder: Uri,
  { paths, history }: Change,
): Promise<boolean> {
  const sinceDate = history ? known.sinceDate(folder) : undefined;
  try {
    const summary = await jobs.start({
      folder,
      history,
      origin: 'automatic',
      ...(paths !== undefined && { paths }),
      ...(sinceDate !== undefined && { sinceDate }),
    });
    return summary?.stopped === false;
  } catch (error) {
    logFailure({ log }, error);
    const isUnwanted = error instanceof AppError && error.code === 'project-forgotten';
    if (isUnwanted) await known.forget(folder);
    return isUnwanted;
  }
}
