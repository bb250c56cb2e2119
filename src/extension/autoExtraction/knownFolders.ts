import type { Disposable, Memento, Uri } from 'vscode';

type Folder = Pick<Uri, 'toString'>;

/** What this workspace remembers of its folders, each by the text of its URI. */
export interface KnownFolders {
  /** Whether it is in the library as a whole. */
  isExtracted(folder: Folder): boolean;
  /** From when on a person wanted its history; all of it when `undefined`. */
  sinceDate(folder: Folder): string | undefined;
  noteExtracted(folder: Folder): Promise<void>;
  /** A folder is in the library as a whole that was not before. */
  onDidExtract(listener: (folder: string) => void): Pick<Disposable, 'dispose'>;
  noteHistory(folder: Folder, sinceDate: string | undefined): Promise<void>;
  /** It is not kept up to date any more. */
  forget(folder: Folder): Promise<void>;
  /** Whether extraction into this library was offered, or is not wanted at all. */
  isOffered(folder: Folder): boolean;
  noteOffered(folder: Folder): Promise<void>;
  /** Extraction is not to be offered again, whatever the library. */
  noteRefused(folder: Folder): Promise<void>;
}

export interface KnownFoldersParts {
  readonly memento: Pick<Memento, 'get' | 'update'>;
  /** The library as it is set; `undefined` for the one of the machine. */
  readonly library: () => string | undefined;
}

interface Memory {
  /** By the library as it was set, empty for the one of the machine. */
  readonly libraries?: Readonly<Record<string, InLibrary>>;
  readonly offerAgain?: 'never';
}

interface InLibrary {
  readonly extracted?: boolean;
  readonly offered?: boolean;
  readonly sinceDate?: string | undefined;
}

const KEY = 'folders';

export function createKnownFolders({ memento, library }: KnownFoldersParts): KnownFolders {
  const listeners = new Set<(folder: string) => void>();

  const all = (): Readonly<Record<string, Memory>> => memento.get(KEY, {});
  const recall = (folder: Folder): Memory => all()[folder.toString()] ?? {};
  const recallExtraction = (folder: Folder): InLibrary =>
    recall(folder).libraries?.[library() ?? ''] ?? {};
  // Undefined is left out of what is stored.
  const note = async (folder: Folder, memory: Memory): Promise<void> => {
    await memento.update(KEY, {
      ...all(),
      [folder.toString()]: { ...recall(folder), ...memory },
    });
  };
  const toLibraries = (
    folder: Folder,
    extraction: InLibrary,
  ): NonNullable<Memory['libraries']> => ({
    ...recall(folder).libraries,
    [library() ?? '']: { ...recallExtraction(folder), ...extraction },
  });

  return {
    isExtracted: (folder) => recallExtraction(folder).extracted === true,
    sinceDate: (folder) => recallExtraction(folder).sinceDate,
    async noteExtracted(folder) {
      const isNews = recallExtraction(folder).extracted !== true;
      await note(folder, { libraries: toLibraries(folder, { extracted: true }) });
      if (isNews) for (const listener of listeners) listener(folder.toString());
    },
    onDidExtract(listener) {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    noteHistory: (folder, sinceDate) =>
      note(folder, { libraries: toLibraries(folder, { sinceDate }) }),
    forget: (folder) => note(folder, { libraries: toLibraries(folder, { extracted: false }) }),
    isOffered: (folder) =>
      recall(folder).offerAgain === 'never' || recallExtraction(folder).offered === true,
    noteOffered: (folder) => note(folder, { libraries: toLibraries(folder, { offered: true }) }),
    noteRefused: (folder) => note(folder, { offerAgain: 'never' }),
  };
}
