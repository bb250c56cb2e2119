import fs from 'node:fs';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { PRIVATE_FOLDER, readIfPossible } from './disk.ts';
import { errorCode, makeFolders, nodeFileSystem } from './fileSystem.ts';
import { readMachine } from './machine.ts';

interface Holder {
  readonly pid: number;
  /** When the process started, as the system counts: numbers of processes come again. */
  readonly started: string;
  /** Differs after each start of the machine: a number of a process means nothing beyond. */
  readonly boot: string;
}

/**
 * Takes a folder for this process alone. What a killed process left is taken over.
 *
 * @throws AppError `team-data-in-use`
 */
export function lockFolder(folder: string, nowMs: number): { release(): void } {
  makeFolders(folder, PRIVATE_FOLDER);
  const path = `${folder}.lock`;
  const { boot } = readMachine(nodeFileSystem, nowMs);
  const own: Holder = { pid: process.pid, started: startOf(process.pid), boot };
  const claim = `${path}.${own.pid}`;
  fs.writeFileSync(claim, JSON.stringify(own), { mode: 0o600, flush: true });
  try {
    while (!linked(claim, path)) {
      const holder = readHolder(path);
      if (holder === undefined) continue;
      if (isAlive(holder, own)) {
        const text = localized`${folder} is in use by process ${holder.pid}`;
        throw new AppError('team-data-in-use', text);
      }
      takeAway(path, holder);
    }
  } finally {
    fs.rmSync(claim, { force: true });
  }
  return {
    release: () => {
      if (readHolder(path)?.pid === own.pid) fs.rmSync(path, { force: true });
    },
  };
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

function readHolder(path: string): Holder | undefined {
  const bytes = readIfPossible(path);
  if (bytes === undefined) return undefined;
  try {
    const { pid, started = '', boot } = JSON.parse(bytes.toString('utf8')) as Partial<Holder>;
    if (typeof pid === 'number' && typeof boot === 'string') return { pid, started, boot };
  } catch {
    // Not ours: nobody can be said to hold it.
  }
  return { pid: 0, started: '', boot: '' };
}

function isAlive({ pid, started, boot }: Holder, own: Holder): boolean {
  if (boot !== own.boot || pid <= 0 || startOf(pid) !== started) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Moved before it is deleted: of two that take it over, the later would delete the other's. */
function takeAway(path: string, dead: Holder): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    fs.renameSync(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(aside);
  const isOther = moved?.pid !== dead.pid || moved.boot !== dead.boot;
  // Somebody was quicker: what was moved away is theirs.
  if (isOther) linked(aside, path);
  fs.rmSync(aside, { force: true });
}

/** Empty where the system does not tell. */
function startOf(pid: number): string {
  const line = readIfPossible(`/proc/${pid}/stat`)?.toString('latin1') ?? '';
  // The name before may hold anything; the start is the 20th word behind it.
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}
