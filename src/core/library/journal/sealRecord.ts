import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { errorCode, type FileSystem } from '../../platform/fileSystem.ts';
import { readBytes, UnreadableFile, type JournalFile, type JournalFolder } from './file.ts';

/** How long a file was when its writer was done with it, and what it held. */
export interface SealRecord {
  readonly id: string;
  readonly bytes: number;
  readonly hash: string;
}

/**
 * Beside the journal. Each record is the name of an empty file, so that all are read by listing
 * them: a file that lost its end cannot say so itself, and one that is gone neither.
 */
export const SEALS = 'seals';
const NAME = /^([0-9a-z]+)\.(\d{1,15})\.([0-9a-f]{16})\.seal$/;
/** Hex digits: enough to tell damage from what was written. */
const HASH_DIGITS = 16;

/** Adds up the length and the hash of a file while it is written. */
export interface SealSum {
  add(bytes: Uint8Array): void;
  record(id: string): SealRecord;
}

export function createSealSum(): SealSum {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(more) {
      hash.update(more);
      bytes += more.length;
    },
    record: (id) => ({ id, bytes, hash: hash.copy().digest('hex').slice(0, HASH_DIGITS) }),
  };
}

/** Records of the library the journal belongs to; none where there are none to be read. */
export function listSeals({ folder, fileSystem }: JournalFolder): readonly SealRecord[] {
  try {
    return fileSystem.list(folderOf(folder)).flatMap((name) => {
      const [, id, bytes, hash] = NAME.exec(name) ?? [];
      return id === undefined || bytes === undefined || hash === undefined
        ? []
        : [{ id, bytes: Number(bytes), hash }];
    });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

/**
 * Records a file that will not grow. Where the disk does not take the record, nothing is lost but
 * the notice of a later loss.
 */
export function recordSeal(
  { folder, fileSystem }: JournalFolder,
  file: JournalFile,
  sum: SealSum,
): void {
  const path = pathOf(folder, sum.record(file.id));
  try {
    fileSystem.makeFolder(folderOf(folder));
    fileSystem.close(fileSystem.create(path));
    // A compactor may have folded and deleted the file before it could meet the record.
    if (!isThere(fileSystem, file.path)) fileSystem.remove(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

/** Takes back the records of files that are deleted on purpose. */
export function removeSeals(journal: JournalFolder, ids: ReadonlySet<string>): void {
  for (const record of listSeals(journal)) {
    if (!ids.has(record.id)) continue;
    try {
      journal.fileSystem.remove(pathOf(journal.folder, record));
    } catch (error) {
      if (errorCode(error) === undefined) throw error;
    }
  }
}

/** Whether a file still begins with what was sealed; `undefined` where it cannot be read. */
export function holdsSealed(
  fileSystem: FileSystem,
  path: string,
  record: SealRecord,
): boolean | undefined {
  const sum = createSealSum();
  try {
    readBytes(fileSystem, path, { from: 0, to: record.bytes }, (bytes) => {
      sum.add(bytes);
    });
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
  const { bytes, hash } = sum.record(record.id);
  return bytes === record.bytes && hash === record.hash;
}

function isThere(fileSystem: FileSystem, path: string): boolean {
  try {
    fileSystem.stat(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function folderOf(journalFolder: string): string {
  return join(dirname(journalFolder), SEALS);
}

function pathOf(journalFolder: string, { id, bytes, hash }: SealRecord): string {
  return join(folderOf(journalFolder), `${id}.${bytes}.${hash}.seal`);
}
