import { createHash } from 'node:crypto';
import os from 'node:os';
import { errorCode, type FileSystem } from './fileSystem.ts';

/** Tells which running system wrote a file; both parts are opaque. */
export interface Machine {
  /** Hash of the host's name. */
  readonly host: string;
  /** The same for all processes since the system started, across pid namespaces too. */
  readonly boot: string;
}

/** Rounds away what reading the clock twice adds. */
const BOOT_ROUNDING_MS = 10 * 60 * 1000;

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
