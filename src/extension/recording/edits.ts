import { Disposable, workspace, type TextDocument } from 'vscode';
import { placeOf } from '../folders.ts';
import { changedLines, formerText } from './changedLines.ts';
import type { NoteDeed } from './noteDeed.ts';
import type { DeedSketch } from './recorder.ts';

/** Files that are saved, and what was changed in them since they were opened or last saved. */
export interface EditWatch {
  /** What was changed in files of a folder, by its address, and not saved so far. */
  unsaved(folder: string): readonly DeedSketch[];
  dispose(): void;
}

export function watchEdits(note: NoteDeed): EditWatch {
  /** Texts before they were changed, as `formerText` tells them. */
  const former = new Map<TextDocument, Promise<string | undefined> | string>();

  function remember(document: TextDocument): void {
    if (former.has(document) || placeOf(document.uri) === undefined) return;
    // It is asked for before the file is saved for the first time.
    const reading = readText(document);
    former.set(document, reading);
    void reading.then((text) => {
      if (typeof text === 'string' && former.get(document) === reading) former.set(document, text);
    });
  }

  async function noteSave(document: TextDocument): Promise<void> {
    const place = placeOf(document.uri);
    if (place === undefined) return;
    const [before, after, at] = [former.get(document), document.getText(), Date.now()];
    former.delete(document);
    const known = await before;
    const change = known === undefined ? undefined : changedLines(known, after);
    const isChanged = change !== undefined;
    note(place.folder, { did: 'save', at, path: place.path, ...(isChanged && { change }) });
  }

  const watches = Disposable.from(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) remember(document);
    }),
    workspace.onDidSaveTextDocument((document) => void noteSave(document)),
    workspace.onDidCloseTextDocument((document) => {
      former.delete(document);
    }),
  );
  return {
    unsaved: (folder) =>
      [...former].flatMap(([document, before]) => {
        const place = placeOf(document.uri);
        const isHere = place?.folder.uri.toString() === folder && document.isDirty;
        if (!isHere || typeof before !== 'string') return [];
        const change = changedLines(before, document.getText());
        const { path } = place;
        return change === undefined ? [] : [{ did: 'edit', at: Date.now(), path, change }];
      }),
    dispose: () => {
      watches.dispose();
      former.clear();
    },
  };
}

async function readText({ uri }: TextDocument): Promise<string | undefined> {
  return formerText(await Promise.resolve(workspace.fs.readFile(uri)).catch(() => undefined));
}
