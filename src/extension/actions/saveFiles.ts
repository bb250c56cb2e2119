import { workspace, type TextDocument, type Uri } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';

/** Longer than other extensions may hold up a save. */
const AUTO_SAVE_MS = 3_000;

/**
 * Saves those of the files that are unsaved in an editor.
 *
 * @throws AppError `bad-argument` for one that VS Code does not save; VS Code says why
 */
export async function saveFiles(files: readonly Uri[]): Promise<void> {
  const names = new Set(files.map((file) => file.toString()));
  const unsaved = workspace.textDocuments.filter(
    ({ isDirty, uri }) => isDirty && names.has(uri.toString()),
  );
  await Promise.all(unsaved.map((document) => save(document)));
}

/** While an auto save waits for others, VS Code refuses any other, but saves what there is then. */
async function save(document: TextDocument): Promise<void> {
  if (await document.save()) return;
  if (document.isDirty) await nextSave(document);
  if (document.isDirty) {
    throw new AppError('bad-argument', localized`${document.uri.path} could not be saved`);
  }
}

async function nextSave(awaited: TextDocument): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      listener.dispose();
      resolve();
    };
    const timer = setTimeout(end, AUTO_SAVE_MS);
    const listener = workspace.onDidSaveTextDocument((document) => {
      if (document === awaited) end();
    });
  });
}
