import { l10n, window, type Disposable, type Uri } from 'vscode';
import { languageOf } from '../../../core/model/sourceFile/fileLanguage.ts';
import { saveFiles } from '../../actions/saveFiles.ts';
import { registerCommand } from '../../command.ts';
import { placeOf } from '../../folders.ts';
import { showWarning } from '../../messages.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';
import { extractManually, type ExtractionRequest } from './manualExtraction.ts';
import { needFolders } from './chooseFolder.ts';
import { toResources } from '../resources.ts';

/** Extract Patterns in File: those selected in the explorer, or the one in the editor. */
export function registerExtractFile(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.extractFile, async (clicked, selected) => {
    const files = toFiles(clicked, selected);
    if (files.length === 0 || (await needFolders()).length === 0) return;
    const known = files.filter((file) => languageOf(file.path) !== undefined);
    // What is extracted is what is on disk.
    await saveFiles(known);
    const requests = toRequests(known);
    if (requests.length > 0) await extractManually(shell, requests);
    else {
      void showWarning(
        l10n.t('Choose a source file in a folder of this window, in a supported language.'),
      );
    }
  });
}

function toFiles(clicked: unknown, selected: unknown): readonly Uri[] {
  const files = toResources(clicked, selected);
  const active = window.activeTextEditor?.document.uri;
  return files.length === 0 && active !== undefined ? [active] : files;
}

/** One for each folder. */
function toRequests(files: readonly Uri[]): readonly ExtractionRequest[] {
  const requests = new Map<string, { readonly folder: Uri; readonly paths: string[] }>();
  for (const place of files.map((file) => placeOf(file))) {
    if (place === undefined) continue;
    const folder = place.folder.uri;
    const request = requests.get(folder.toString()) ?? { folder, paths: [] };
    request.paths.push(place.path);
    requests.set(folder.toString(), request);
  }
  return Array.from(requests.values(), (request) => ({ ...request, history: false }));
}
