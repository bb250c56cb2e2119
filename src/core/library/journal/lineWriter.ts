import { dirname } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { errorCode, writeAll, type FileSystem } from '../../platform/fileSystem.ts';
import { fileNamed, flushFolder, MAX_LINE_BYTES, newFileId, type JournalFile } from './file.ts';
import { encodeLine, JOURNAL_FORMAT } from './line.ts';
import type { Machine } from '../../platform/machine.ts';
import { refuseSharedDrive } from './machine.ts';
import { createSealSum, recordSeal, type SealSum } from './sealRecord.ts';

export interface WriterOptions {
  readonly folder: string;
  readonly random: (sizeBytes: number) => Uint8Array;
  readonly now: () => number;
  readonly fileSystem: FileSystem;
  readonly machine: Machine;
}

/** The one end of a folder of journal files that this process writes to, whatever its lines say. */
export interface LineWriter {
  /**
   * On the disk, under a name that readers meet, when it returns.
   *
   * @throws AppError as `Journal.append`
   */
  write(lines: readonly Buffer[]): void;
  /** Seals the file written to, if any. */
  close(): void;
  /** Leaves the file written to, if any, without a trace of it. */
  discard(): void;
}

/** A file this process writes to. */
interface OwnFile {
  readonly file: JournalFile;
  readonly descriptor: number;
  readonly inode: number;
  readonly sum: SealSum;
  holdsAcknowledged: boolean;
}

/** Files that others sealed under this writer while it wrote one batch; more is no accident. */
const MAX_REWRITES = 100;

export function createLineWriter(options: WriterOptions): LineWriter {
  const { folder, fileSystem } = options;
  let own: OwnFile | undefined;

  /** @returns false when somebody sealed the file: what was written may be lost */
  const writeDurably = (bytes: Uint8Array): boolean => {
    own ??= createFile(options);
    const { descriptor } = own;
    writeAll(fileSystem, descriptor, bytes);
    own.sum.add(bytes);
    fileSystem.flush(descriptor);
    if (isInPlace(fileSystem, own)) {
      own.holdsAcknowledged = true;
      return true;
    }
    own = undefined;
    fileSystem.close(descriptor);
    return false;
  };

  const abandon = (): void => {
    if (own === undefined) return;
    const { file, descriptor, holdsAcknowledged } = own;
    own = undefined;
    tolerate(() => {
      fileSystem.close(descriptor);
    });
    if (!holdsAcknowledged) {
      tolerate(() => {
        fileSystem.remove(file.path);
      });
    }
  };

  return {
    write(pieces) {
      if (pieces.length === 0) return;
      if (pieces.some((line) => line.length >= MAX_LINE_BYTES)) {
        throw new AppError('library-write-failed', localized`an event is longer than 64 MB`);
      }
      const bytes = Buffer.concat(pieces);
      try {
        for (let attempts = 0; attempts <= MAX_REWRITES; attempts++) {
          if (writeDurably(bytes)) return;
        }
      } catch (error) {
        abandon();
        throw toWriteFailure(folder, error);
      }
      const message = localized`other processes keep sealing what is written to ${folder}`;
      throw new AppError('library-write-failed', message);
    },
    discard() {
      if (own === undefined) return;
      own.holdsAcknowledged = false;
      abandon();
    },
    close() {
      if (own === undefined) return;
      const { file, descriptor, sum } = own;
      own = undefined;
      tolerate(() => {
        fileSystem.close(descriptor);
      });
      // A file that stays open is sealed by the next compaction.
      tolerate(() => {
        const sealed = fileNamed(folder, file.id, 'sealed');
        fileSystem.rename(file.path, sealed.path);
        recordSeal(options, sealed, sum);
      });
    },
  };
}

function createFile(options: WriterOptions): OwnFile {
  const { folder, fileSystem, machine } = options;
  makeFolderDurably(options);
  refuseSharedDrive(options, machine, options.now());
  const file = fileNamed(folder, newFileId(options.random), 'open');
  const descriptor = fileSystem.create(file.path);
  try {
    const header = encodeLine({ header: { format: JOURNAL_FORMAT, ...machine } });
    writeAll(fileSystem, descriptor, header);
    flushFolder(options);
    const inode = fileSystem.inodeOf(descriptor);
    const sum = createSealSum();
    sum.add(header);
    return { file, descriptor, inode, sum, holdsAcknowledged: false };
  } catch (error) {
    tolerate(() => {
      fileSystem.close(descriptor);
    });
    tolerate(() => {
      fileSystem.remove(file.path);
    });
    throw error;
  }
}

function makeFolderDurably({ folder, fileSystem }: WriterOptions): void {
  const outermost = fileSystem.makeFolder(folder);
  if (outermost === undefined) return;
  for (let made = folder; made.length >= outermost.length; made = dirname(made)) {
    flushFolder({ folder: dirname(made), fileSystem });
  }
}

/** Whether what was written can still be met under its name by whoever compacts later. */
function isInPlace(fileSystem: FileSystem, own: OwnFile): boolean {
  try {
    return fileSystem.stat(own.file.path).inode === own.inode;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

const CODES: Readonly<Record<string, 'disk-full' | 'library-deleted' | 'library-read-only'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  ENOENT: 'library-deleted',
  EROFS: 'library-read-only',
  EACCES: 'library-read-only',
  EPERM: 'library-read-only',
};

/** Names a failed write by its stable code; anything but a file-system error passes through. */
export function toWriteFailure(folder: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof AppError) return error;
  const stable = CODES[code] ?? 'library-write-failed';
  return new AppError(stable, localized`cannot write to ${folder}: ${code}`, { cause: error });
}

/** For steps whose failure leaves nothing but a file for the next compaction. */
export function tolerate(action: () => void): void {
  try {
    action();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}
