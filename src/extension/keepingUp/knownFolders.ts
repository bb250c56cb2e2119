import type { Memento, Uri } from 'vscode';

/** What this workspace remembers of its folders. */
export interface KnownFolders {
  isExtracted(folder: Uri): boolean;
  /** From when on a person wanted its history; all of it when `undefined`. */
  sinceDate(folder: Uri): string | undefined;
  noteExtracted(folder: Uri): Promise<void>;
  noteHistory(folder: Uri, sinceDate: string | undefined): Promise<void>;
  /** It is not kept up to date any more. */
  forget(folder: Uri): Promise<void>;
  /** When extraction may be offered again; 0 if it never was. */
  offerAgainMs(folder: Uri): number;
  /** `Infinity` for never. */
  noteOffered(folder: Uri, againMs: number): Promise<void>;
}

interface Memory {
  readonly extracted?: boolean;
  readonly sinceDate?: string | undefined;
  /** Epoch milliseconds; `never` instead of what JSON cannot say. */
  readonly offerAgain?: number | 'never';
}

const KEY = 'folders';

export function knownFolders(memento: Memento): KnownFolders {
  const all = (): Readonly<Record<string, Memory>> => memento.get(KEY, {});
  const recall = (folder: Uri): Memory => all()[folder.toString()] ?? {};
  const remember = async (folder: Uri, memory: Memory): Promise<void> => {
    await memento.update(KEY, { ...all(), [folder.toString()]: memory });
  };
  return {
    isExtracted: (folder) => recall(folder).extracted === true,
    sinceDate: (folder) => recall(folder).sinceDate,
    noteExtracted: (folder) => remember(folder, { ...recall(folder), extracted: true }),
    // Undefined is left out of what is stored.
    noteHistory: (folder, sinceDate) => remember(folder, { ...recall(folder), sinceDate }),
    forget: (folder) => remember(folder, { ...recall(folder), extracted: false }),
    offerAgainMs(folder) {
      const { offerAgain = 0 } = recall(folder);
      return offerAgain === 'never' ? Infinity : offerAgain;
    },
    noteOffered: (folder, againMs) =>
      remember(folder, {
        ...recall(folder),
        offerAgain: againMs === Infinity ? 'never' : againMs,
      }),
  };
}
