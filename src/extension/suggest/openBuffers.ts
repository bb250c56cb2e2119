import { Disposable, workspace, type TextDocument } from 'vscode';
import type { FilePlace } from '../../core/model/api/suggest.ts';
import { languageOf } from '../../core/model/sourceFile/fileLanguage.ts';
import { systemClock } from '../../core/platform/clock.ts';
import { isStopped, logFailure } from '../failure.ts';
import { placeOf } from '../folders.ts';
import type { Shell } from '../shell.ts';

/** Somebody who types pauses this long. */
const PAUSE_MS = 400;
/** Larger ones are data or generated. */
const MOST_CHARACTERS = 1024 * 1024;

/** Lets the engine know what editors hold, so that it counts before it is saved. */
export interface OpenBuffers {
  dispose(): void;
  /** Sends the document unless the engine has it as it is; does not wait for what that starts. */
  send(document: TextDocument): void;
}

/** @param onRead told when the engine has a document, and the project around it is read */
export function openBuffers(
  { connection, log }: Pick<Shell, 'connection' | 'log'>,
  onRead: (document: TextDocument) => void,
): OpenBuffers {
  const waiting = new Map<TextDocument, () => void>();
  const sent = new Map<string, number>();

  function send(document: TextDocument): void {
    waiting.get(document)?.();
    waiting.delete(document);
    const place = filePlaceOf(document);
    if (place === undefined || sent.get(place.file) === document.version) return;
    const text = document.getText();
    if (text.length > MOST_CHARACTERS) return;
    const { version } = document;
    sent.set(place.file, version);
    connection.engine.suggest
      .read({ ...place, text })
      .then(() => {
        if (sent.get(place.file) === version) onRead(document);
      })
      .catch(tell);
  }

  function tell(error: unknown): void {
    if (!isStopped(error)) logFailure({ log }, error);
  }

  const watches = Disposable.from(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || filePlaceOf(document) === undefined) return;
      waiting.get(document)?.();
      waiting.set(
        document,
        systemClock.after(PAUSE_MS, () => {
          send(document);
        }),
      );
    }),
    workspace.onDidCloseTextDocument((document) => {
      waiting.get(document)?.();
      waiting.delete(document);
      const place = filePlaceOf(document);
      if (place === undefined || !sent.delete(place.file)) return;
      connection.engine.suggest.close(place).catch(tell);
    }),
    // Another process knows nothing of what the one before was told.
    connection.onDidChangeState(({ state }) => {
      if (state !== 'ready') sent.clear();
    }),
  );
  return {
    send,
    dispose() {
      watches.dispose();
      for (const callOff of waiting.values()) callOff();
    },
  };
}

/** `undefined` for what is no source file in a folder of the window. */
export function filePlaceOf({ uri }: Pick<TextDocument, 'uri'>): FilePlace | undefined {
  if (uri.scheme !== 'file' || languageOf(uri.path) === undefined) return undefined;
  const folder = placeOf(uri)?.folder.uri.fsPath;
  return folder === undefined ? undefined : { file: uri.fsPath, folder };
}
