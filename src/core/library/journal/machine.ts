import { createHash } from 'node:crypto';
import os from 'node:os';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { errorCode, type FileSystem } from '../../platform/fileSystem.ts';
import { listJournal, readHeader, statusOf, UnreadableFile, type JournalFolder } from './file.ts';

/** Tells which running system wrote a file; both parts are opaque. */
export interface Machine {
  /** Hash of the host's name. */
  readonly host: string;
  /** The same for all processes since the system started, across pid namespaces too. */
  readonly boot: string;
}

/** A machine and its clock. */
interface Here {
  readonly machine: Machine;
  readonly nowMs: number;
}

/** 7 days: rule 14 of docs/library.md; nobody types for so long into a window without a single event. */
export const IDLE_MS = 7 * 24 * 60 * 60 * 1000;

/** Rounds away what reading the clock twice adds. */
const BOOT_ROUNDING_MS = 10 * 60 * 1000;

/**
 * Magic numbers of file systems that other hosts may mount too: AFS, 9P, Ceph, CIFS, Coda, FUSE
 * (sshfs among others), GPFS, Lustre, NCP, NFS, SMB, SMB2. Source: statfs(2) and linux/magic.h.
 */
const NETWORK_KINDS: ReadonlySet<number> = new Set([
  0x5346414f, 0x01021997, 0x00c36400, 0xff534d42, 0x73757245, 0x65735546, 0x47504653, 0x0bd00bd0,
  0x564c, 0x6969, 0x517b, 0xfe534d42,
]);

/**
 * Reads the identity of this system. Linux tells its boot id; elsewhere host name and the time of
 * the start, rounded, stand in for it. Two readings that differ after all only delay sealing what
 * a killed process left.
 */
export function readMachine(fileSystem: FileSystem, nowMs: number): Machine {
  const host = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 16);
  return { host, boot: readBootId(fileSystem) ?? startOf(host, nowMs) };
}

function readBootId(fileSystem: FileSystem): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return fileSystem.readText('/proc/sys/kernel/random/boot_id').trim();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

function startOf(host: string, nowMs: number): string {
  const startedMs = nowMs - os.uptime() * 1000;
  return `${host}-${Math.round(startedMs / BOOT_ROUNDING_MS)}`;
}

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
