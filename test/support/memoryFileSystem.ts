import { basename, dirname } from 'node:path';
import type { FileSystem } from '../../src/core/platform/fileSystem.ts';

interface Inode {
  readonly number: number;
  bytes: Buffer;
  /** Length that survives a power loss. */
  durableBytes: number;
  modifiedMs: number;
}

/** Thrown by every call from the chosen one on, as if the process had been killed there. */
export class Killed extends Error {}

export function errnoError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

export interface MemoryFileSystem extends FileSystem {
  /** Calls so far. */
  readonly calls: number;
  /** Kills the process at its n-th call from here; a killed write leaves half of its bytes. */
  killAt(call: number): void;
  /** Lets a new process run; with `powerLoss` what was not flushed is gone, names included. */
  restart(powerLoss: boolean): void;
  setModified(path: string, modifiedMs: number): void;
  names(): readonly string[];
}

/**
 * One flat folder in memory that knows what has been flushed. After a power loss a name is there
 * only if the folder was flushed since, and a file has the bytes of its last flush: the worst a
 * journaling file system may do.
 */
export function createMemoryFileSystem(): MemoryFileSystem {
  let names = new Map<string, Inode>();
  let durableNames = new Map<string, Inode>();
  let descriptors = new Map<number, Inode | 'folder'>();
  let nextNumber = 1;
  let calls = 0;
  let killCall = Infinity;

  const find = (path: string): Inode => {
    const inode = names.get(basename(path));
    if (inode === undefined) throw errnoError('ENOENT');
    return inode;
  };
  const inodeOf = (descriptor: number): Inode => {
    const inode = descriptors.get(descriptor);
    if (inode === undefined || inode === 'folder') throw errnoError('EBADF');
    return inode;
  };
  const enter = (): void => {
    if (++calls >= killCall) throw new Killed();
  };
  const open = (target: Inode | 'folder'): number => {
    descriptors.set(++nextNumber, target);
    return nextNumber;
  };

  return {
    get calls() {
      return calls;
    },
    killAt(call) {
      killCall = calls + call;
    },
    restart(powerLoss) {
      killCall = Infinity;
      descriptors = new Map();
      if (!powerLoss) return;
      names = new Map(durableNames);
      for (const inode of names.values()) inode.bytes = inode.bytes.subarray(0, inode.durableBytes);
    },
    setModified(path, modifiedMs) {
      find(path).modifiedMs = modifiedMs;
    },
    names: () => [...names.keys()],
    makeFolder() {
      enter();
      return undefined;
    },
    list() {
      enter();
      return [...names.keys()];
    },
    create(path) {
      enter();
      if (names.has(basename(path))) throw errnoError('EEXIST');
      const inode = {
        number: ++nextNumber,
        bytes: Buffer.alloc(0),
        durableBytes: 0,
        modifiedMs: 0,
      };
      names.set(basename(path), inode);
      return open(inode);
    },
    openForReading(path) {
      enter();
      return open(path.includes('.') ? find(path) : 'folder');
    },
    write(descriptor, bytes) {
      const inode = inodeOf(descriptor);
      const isKilled = calls + 1 === killCall;
      const count = isKilled ? bytes.length >> 1 : bytes.length;
      if (calls + 1 <= killCall) {
        inode.bytes = Buffer.concat([inode.bytes, bytes.subarray(0, count)]);
      }
      enter();
      return count;
    },
    read(descriptor, buffer, position) {
      enter();
      return inodeOf(descriptor).bytes.copy(buffer, 0, position);
    },
    flush(descriptor) {
      enter();
      const target = descriptors.get(descriptor);
      if (target === 'folder') durableNames = new Map(names);
      else inodeOf(descriptor).durableBytes = inodeOf(descriptor).bytes.length;
    },
    close(descriptor) {
      enter();
      descriptors.delete(descriptor);
    },
    rename(from, to) {
      enter();
      names.set(basename(to), find(from));
      names.delete(basename(from));
    },
    remove(path) {
      enter();
      find(path);
      names.delete(basename(path));
    },
    stat(path) {
      enter();
      const { bytes, modifiedMs, number } = find(path);
      return { sizeBytes: bytes.length, modifiedMs, inode: number };
    },
    inodeOf(descriptor) {
      enter();
      return inodeOf(descriptor).number;
    },
    readText() {
      throw errnoError('ENOENT');
    },
    kindOf: () => 0,
    watch: () => ({ close: () => undefined }),
  };
}

/** A path of the folder that holds nothing but journal files. */
export const MEMORY_FOLDER = dirname('/library/journal/x');
