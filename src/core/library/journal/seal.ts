import { errorCode } from '../../platform/fileSystem.ts';
import {
  fileNamed,
  listJournal,
  newFileId,
  readHeader,
  statusOf,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from './file.ts';
import { JOURNAL_FORMAT } from './line.ts';
import type { Machine } from '../../platform/machine.ts';
import { IDLE_MS } from './machine.ts';

export interface SealOptions extends JournalFolder {
  readonly random: (sizeBytes: number) => Uint8Array;
  readonly now: () => number;
  readonly machine: Machine;
}

/**
 * Seals every open file it may, whether its writer lives or not: a writer notices before it
 * acknowledges anything that came too late. What cannot be renamed stays for the next time.
 */
export function sealAll(options: SealOptions): void {
  const files = listJournal(options);
  const sealed = new Set(files.filter((file) => file.suffix === 'sealed').map((file) => file.id));
  for (const file of files) {
    if (file.suffix !== 'open' || !maySeal(options, file)) continue;
    // A backup may bring back an open file that has been sealed since.
    const id = sealed.has(file.id) ? newFileId(options.random) : file.id;
    try {
      options.fileSystem.rename(file.path, fileNamed(options.folder, id, 'sealed').path);
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
  }
}

/** Whether the writer runs on this system, or has been silent for seven days. */
export function maySeal(
  { fileSystem, now, machine }: Omit<SealOptions, 'random'>,
  file: JournalFile,
): boolean {
  try {
    const header = readHeader(fileSystem, file.path);
    if (header !== undefined && header.format > JOURNAL_FORMAT) return false;
    if (header?.boot === machine.boot) return true;
    return now() - statusOf(fileSystem, file.path).modifiedMs >= IDLE_MS;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}
