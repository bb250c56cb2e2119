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
import { onDidChangeLibraryPath, readOffer, refuseOffers } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { SOURCE_FILES } from '../sourceFiles.ts';
import type { KnownFolders } from './knownFolders.ts';

/** A window that opens has enough to say. */
const SETTLE_MS = 3000;

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
  const folders = await findNew(shell, known);
  if (folders.length === 0) return;
  // Before the answer: a message may stay unanswered, and another window may ask as well.
  for (const { uri } of folders) await known.noteOffered(uri);
  const extract = l10n.t('Extract');
  const never = folders.length === 1 ? l10n.t('Never for This Folder') : l10n.t('Never for These');
  const nowhere = l10n.t('Never Anywhere');
  const chosen = await showInformation(toQuestion(folders), extract, never, nowhere);
  if (chosen === never) for (const { uri } of folders) await known.noteRefused(uri);
  if (chosen === nowhere) await refuseOffers();
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

/** Folders with source files, of whose projects the library knows nothing. */
async function findNew(
  { connection }: Shell,
  known: KnownFolders,
): Promise<readonly WorkspaceFolder[]> {
  const found: WorkspaceFolder[] = [];
  for (const folder of extractableFolders()) {
    const { uri } = folder;
    if (known.isExtracted(uri) || known.isOffered(uri) || !readOffer(uri)) continue;
    if (!(await holdsSources(folder))) continue;
    const { scope } = await connection.engine.find.patterns({
      ...{ text: '', limit: 0, folders: [uri.fsPath] },
    });
    if (scope?.projects.length === 0) found.push(folder);
  }
  return found;
}

async function holdsSources(folder: WorkspaceFolder): Promise<boolean> {
  const pattern = new RelativePattern(folder, SOURCE_FILES);
  return (await workspace.findFiles(pattern, '**/node_modules/**', 1)).length > 0;
}

function toQuestion(folders: readonly WorkspaceFolder[]): string {
  const names = folders.map(({ name }) => name).join(', ');
  return l10n.t(
    'Learn reusable patterns from {0}? This runs in the background, and nothing leaves this machine.',
    names,
  );
}
