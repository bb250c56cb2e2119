import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { basename, dirname } from 'node:path';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { PRIVATE_FOLDER, readIfPossible, removeFile } from './disk.ts';
import { errorCode, makeFolders, nodeFileSystem } from './fileSystem.ts';
import { readMachine } from './machine.ts';

interface Holder {
  readonly pid: number;
  /** When the process started, as the system counts: numbers of processes come again. */
  readonly started: string;
  /** Differs after each start of the machine: a number of a process means nothing beyond. */
  readonly boot: string;
  /** Within which numbers of processes mean something: those of another container cannot be seen. */
  readonly namespace: string;
  /** The holder has let go. */
  readonly released?: true;
}

/** A holder in another container or on another machine shows that it is alive by touching its file. */
const TOUCH_MS = 10_000;
const SILENT_MS = 30_000;

/**
 * Takes a folder for this process alone. What a killed process left is taken over.
 *
 * Locks are numbered, and the highest counts: to take over is to make the next number, which one of
 * many gets, so that nobody ever removes a lock that counts.
 *
 * @param nowMs milliseconds since 1970
 * @throws AppError `team-data-in-use`
 */
export function lockFolder(folder: string, nowMs: number): { release(): void } {
  makeFolders(folder, PRIVATE_FOLDER);
  const own: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    boot: readMachine(nodeFileSystem, nowMs).boot,
    namespace: namespaceOf(),
  };
  const claim = `${folder}.claim-${randomBytes(6).toString('hex')}`;
  fs.writeFileSync(claim, JSON.stringify(own), { mode: 0o600, flush: true });
  try {
    return hold(folder, take(folder, { claim, own, nowMs }), own);
  } finally {
    removeFile(claim);
  }
}

interface Claim {
  readonly claim: string;
  readonly own: Holder;
  readonly nowMs: number;
}

/** @returns number of the lock that is held then @throws AppError `team-data-in-use` */
function take(folder: string, { claim, own, nowMs }: Claim): number {
  for (;;) {
    const last = numbersOf(folder).at(-1) ?? 0;
    const holder = last === 0 ? undefined : readHolder(lockPath(folder, last));
    if (holder !== undefined && isAlive(holder, own, { path: lockPath(folder, last), nowMs })) {
      const text = localized`${folder} is in use by process ${holder.pid}`;
      throw new AppError('team-data-in-use', text);
    }
    if (!linked(claim, lockPath(folder, last + 1))) continue;
    // Whoever was slow may have made a number that others are done with.
    if (numbersOf(folder).at(-1) === last + 1) return last + 1;
    removeFile(lockPath(folder, last + 1));
  }
}

function hold(folder: string, number: number, own: Holder): { release(): void } {
  for (const older of numbersOf(folder)) if (older < number) removeFile(lockPath(folder, older));
  const path = lockPath(folder, number);
  const touching = setInterval(() => {
    const now = new Date();
    fs.utimes(path, now, now, () => undefined);
  }, TOUCH_MS);
  touching.unref();
  return {
    release: () => {
      clearInterval(touching);
      // It stays, so that its number is not made again; a folder that was deleted has none.
      const beside = `${path}.released`;
      try {
        fs.writeFileSync(beside, JSON.stringify({ ...own, released: true }), { mode: 0o600 });
        fs.renameSync(beside, path);
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error;
      }
    },
  };
}

function lockPath(folder: string, number: number): string {
  return `${folder}.lock-${number}`;
}

/** Of the locks of a folder, in order. */
function numbersOf(folder: string): readonly number[] {
  const prefix = basename(lockPath(folder, 0)).slice(0, -1);
  return fs
    .readdirSync(dirname(folder))
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((rest) => /^\d{1,15}$/.test(rest))
    .map(Number)
    .sort((a, b) => a - b);
}

/** A link is made whole or not at all, so that one of two gets it. */
function linked(claim: string, path: string): boolean {
  try {
    fs.linkSync(claim, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** `undefined` where nobody can be said to hold it. */
function readHolder(path: string): Holder | undefined {
  try {
    const read = JSON.parse(readIfPossible(path)?.toString('utf8') ?? 'null') as Holder | null;
    return typeof read?.pid === 'number' ? read : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(
  { pid, started, boot, namespace, released }: Holder,
  own: Holder,
  { path, nowMs }: { readonly path: string; readonly nowMs: number },
): boolean {
  if (released === true || pid <= 0) return false;
  // Its processes cannot be asked for, be it another machine or this one before it started anew.
  if (boot !== own.boot || namespace !== own.namespace) {
    const touchedMs = fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    return nowMs - touchedMs < SILENT_MS;
  }
  if (startOf(pid) !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Empty where the system does not tell. */
function startOf(pid: number): string {
  const line = readIfPossible(`/proc/${pid}/stat`)?.toString('latin1') ?? '';
  // The name before may hold anything; the start is the 20th word behind it.
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Of the numbers of processes; empty where the system has one. */
function namespaceOf(): string {
  try {
    return fs.readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
