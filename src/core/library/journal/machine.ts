import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import type { Machine } from '../../platform/machine.ts';
import { listJournal, readHeader, statusOf, UnreadableFile, type JournalFolder } from './file.ts';

/** A machine and its clock. */
interface Here {
  readonly machine: Machine;
  readonly nowMs: number;
}

/** 7 days: rule 14 of docs/library.md; nobody types for so long into a window without a single event. */
export const IDLE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Magic numbers of file systems that other hosts may mount too: AFS, 9P, Ceph, CIFS, Coda, FUSE
 * (sshfs among others), GPFS, Lustre, NCP, NFS, SMB, SMB2. Source: statfs(2) and linux/magic.h.
 */
const NETWORK_KINDS: ReadonlySet<number> = new Set([
  0x5346414f, 0x01021997, 0x00c36400, 0xff534d42, 0x73757245, 0x65735546, 0x47504653, 0x0bd00bd0,
  0x564c, 0x6969, 0x517b, 0xfe534d42,
]);

/**
 * Refuses a folder on a network drive while another host writes to it: one that left an open file
 * there less than seven idle days ago. One host alone may keep its library on such a drive.
 * Drives are known by statfs on Linux and by a `\\server` path on Windows.
 *
 * @throws AppError `library-on-shared-drive`
 */
export function refuseSharedDrive(journal: JournalFolder, machine: Machine, nowMs: number): void {
  if (!isOnNetwork(journal)) return;
  const isShared = listJournal(journal).some(
    (file) => file.suffix === 'open' && isOfLiveHost(journal, file.path, { machine, nowMs }),
  );
  if (!isShared) return;
  const message = localized`another host writes to ${journal.folder}, which lies on a network drive`;
  throw new AppError('library-on-shared-drive', message);
}

function isOnNetwork({ folder, fileSystem }: JournalFolder): boolean {
  if (folder.startsWith('\\\\')) return true;
  if (process.platform !== 'linux') return false;
  try {
    // The number is signed on 32-bit systems.
    return NETWORK_KINDS.has(fileSystem.kindOf(folder) >>> 0);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

function isOfLiveHost(
  { fileSystem }: JournalFolder,
  path: string,
  { machine, nowMs }: Here,
): boolean {
  try {
    const header = readHeader(fileSystem, path);
    // Containers have names of their own on the same system.
    if (header === undefined || header.boot === machine.boot) return false;
    if (header.host === machine.host) return false;
    return nowMs - statusOf(fileSystem, path).modifiedMs < IDLE_MS;
  } catch (error) {
    if (error instanceof UnreadableFile) return false;
    throw error;
  }
}
