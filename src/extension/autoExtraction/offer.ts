import {
  commands,
  Disposable,
  l10n,
  RelativePattern,
  workspace,
  type WorkspaceFolder,
} from 'vscode';
import { systemClock } from '../../core/platform/clock.ts';
import { wholeFolder, extractManually } from '../commands/extract/manualExtraction.ts';
import { showFailure } from '../failure.ts';
import { extractableFolders } from '../folders.ts';
import { showInformation } from '../messages.ts';
import { COMMANDS } from '../names.ts';
import { onDidChangeLibraryPath, readOffer } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { SOURCE_FILES } from '../sourceFiles.ts';
import type { KnownFolders } from './knownFolders.ts';

/** A window that opens has enough to say. */
const SETTLE_MS = 3000;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** Offers to extract folders with source files that never were, into this library. */
export function registerOffer(shell: Shell): Disposable {
  const { known } = shell;
  let callOff = (): void => undefined;
  const offerSoon = (): void => {
    callOff();
    callOff = systemClock.after(SETTLE_MS, () => {
      // It may be for the folders that would be asked about.
      if (shell.jobs.status.state === 'extracting') offerSoon();
      else offer(shell, known).catch((error: unknown) => showFailure(shell, error));
    });
  };
  offerSoon();
  return Disposable.from(
    workspace.onDidChangeWorkspaceFolders(offerSoon),
    workspace.onDidGrantWorkspaceTrust(offerSoon),
    onDidChangeLibraryPath(offerSoon),
    new Disposable(() => {
      callOff();
    }),
  );
}

async function offer(shell: Shell, known: KnownFolders): Promise<void> {
  const folders = await findNew(known);
  if (folders.length === 0) return;
  // Before the answer: a message may stay unanswered, and another window may ask as well.
  await noteOffered(folders, known, Date.now() + WEEK_MS);
  const extract = l10n.t('Extract');
  const notNow = l10n.t('Not Now');
  const never = folders.length === 1 ? l10n.t('Never for This Folder') : l10n.t('Never for These');
  const chosen = await showInformation(toQuestion(folders), extract, notNow, never);
  if (chosen === never) await noteOffered(folders, known, Infinity);
  if (chosen === extract) await extractNew(shell, folders, known);
}

/**
 * Nothing takes a message back: it may be answered long after a person extracted by hand or closed
 * a folder. Where nothing is left to do, what was learned is shown.
 */
async function extractNew(
  shell: Shell,
  offered: readonly WorkspaceFolder[],
  known: KnownFolders,
): Promise<void> {
  const names = new Set(offered.map(({ uri }) => uri.toString()));
  const folders = extractableFolders().filter(
    ({ uri }) => names.has(uri.toString()) && !known.isExtracted(uri),
  );
  if (folders.length === 0) await commands.executeCommand(COMMANDS.openBrowser);
  await extractManually(
    shell,
    folders.map(({ uri }) => wholeFolder(uri)),
  );
}

async function findNew(known: KnownFolders): Promise<readonly WorkspaceFolder[]> {
  const unknown = extractableFolders().filter(
    ({ uri }) => !known.isExtracted(uri) && known.offerAgainMs(uri) <= Date.now() && readOffer(uri),
  );
  const withSources = await Promise.all(
    unknown.map(async (folder) => ((await holdsSources(folder)) ? [folder] : [])),
  );
  return withSources.flat();
}

async function holdsSources(folder: WorkspaceFolder): Promise<boolean> {
  const pattern = new RelativePattern(folder, SOURCE_FILES);
  return (await workspace.findFiles(pattern, '**/node_modules/**', 1)).length > 0;
}

async function noteOffered(
  folders: readonly WorkspaceFolder[],
  known: KnownFolders,
  againMs: number,
): Promise<void> {
  for (const { uri } of folders) await known.noteOffered(uri, againMs);
}

function toQuestion(folders: readonly WorkspaceFolder[]): string {
  const names = folders.map(({ name }) => name).join(', ');
  return l10n.t(
    'Learn reusable patterns from {0}? This runs in the background, and nothing leaves this machine.',
    names,
  );
}
