import { workspace, type Disposable } from 'vscode';
import { EXTRACTION_KEYS } from '../configuration.ts';
import { extractableFolders } from '../folders.ts';
import { SETTINGS_SECTION } from '../names.ts';
import type { NoteChange } from './noteChange.ts';

/** Tells in which folders the settings changed that say what is extracted. */
export function registerSettingsWatch(note: NoteChange): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    for (const folder of extractableFolders()) {
      const isMeant = EXTRACTION_KEYS.some((key) =>
        event.affectsConfiguration(`${SETTINGS_SECTION}.${key}`, folder),
      );
      if (isMeant) note(folder, { paths: undefined, history: false });
    }
  });
}
