import { errorCode } from '../platform/fileSystem.ts';
import type { JournalFolder } from './journal/file.ts';

/** Whether the library that a process has open is still on disk. */
export interface Presence {
  /** There are facts on disk: the folder of the journal is there. */
  isThere(): boolean;
  /** It was there, and is no more, or another one has taken its place. */
  isGone(): boolean;
  /** What is there now, if anything is, is the library from here on. */
  follow(): void;
}

export function watchPresence({ folder, fileSystem }: JournalFolder): Presence {
  let known: number | undefined;
  known = inode();

  /** `undefined` where there is no such folder; one that may not be looked at counts as the same. */
  function inode(): number | undefined {
    try {
      return fileSystem.stat(folder).inode;
    } catch (error) {
      const code = errorCode(error);
      if (code === undefined) throw error;
      return code === 'ENOENT' || code === 'ENOTDIR' ? undefined : known;
    }
  }

  return {
    isThere: () => inode() !== undefined,
    isGone: () => known !== undefined && inode() !== known,
    follow() {
      known = inode();
    },
  };
}
