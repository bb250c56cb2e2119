import fs from 'node:fs';
import { dirname } from 'node:path';

/** The part of `node:fs` the journal needs; every call throws errors with a `code` as Node does. */
export interface FileSystem {
  /**
   * Makes the folder and those around it, which only their owner may enter.
   *
   * @returns the outermost one that was not there, `undefined` when all were
   */
  makeFolder(path: string): string | undefined;
  /** Names in the folder, in any order. */
  list(folder: string): readonly string[];
  /** Opens for appending a file that must not exist yet, and that only its owner may read. */
  create(path: string): number;
  openForReading(path: string): number;
  /** @returns bytes written, which may be fewer than given */
  write(file: number, bytes: Uint8Array): number;
  /** @returns bytes read into `buffer`, 0 at the end */
  read(file: number, buffer: Uint8Array, position: number): number;
  flush(file: number): void;
  close(file: number): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  stat(path: string): FileStatus;
  /** `FileStatus.inode` of an open file. */
  inodeOf(file: number): number;
  readText(path: string): string;
  /** Magic number of the file system `path` lies on (Linux: statfs(2)). */
  kindOf(path: string): number;
  watch(folder: string, onChange: () => void, onError: () => void): { close(): void };
}

export interface FileStatus {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Tells a file from another one under the same name. */
  readonly inode: number;
}

export const nodeFileSystem: FileSystem = {
  makeFolder: (path) => makeFolders(path, 0o700),
  list: (folder) => fs.readdirSync(folder),
  create: (path) => fs.openSync(path, 'ax', 0o600),
  openForReading: (path) => fs.openSync(path, 'r'),
  write: (file, bytes) => fs.writeSync(file, bytes),
  read: (file, buffer, position) => fs.readSync(file, buffer, 0, buffer.length, position),
  flush: (file) => {
    fs.fsyncSync(file);
  },
  close: (file) => {
    fs.closeSync(file);
  },
  rename: (from, to) => {
    fs.renameSync(from, to);
  },
  remove: (path) => {
    fs.unlinkSync(path);
  },
  stat: (path) => {
    const status = fs.statSync(path);
    return { sizeBytes: status.size, modifiedMs: status.mtimeMs, inode: status.ino };
  },
  inodeOf: (file) => fs.fstatSync(file).ino,
  readText: (path) => fs.readFileSync(path, 'utf8'),
  kindOf: (path) => fs.statfsSync(path).type,
  watch: (folder, onChange, onError) => {
    const watcher = fs.watch(folder, { persistent: false }, onChange);
    watcher.on('error', onError);
    return watcher;
  },
};

/**
 * Makes a folder and those around it that are not there. Node's own way of doing so never returns
 * where a file system makes no folders at all, such as `/proc`.
 *
 * @param mode rights of what is made
 * @returns the outermost folder that was made, `undefined` when all were there
 * @throws as `mkdirSync` does
 */
export function makeFolders(path: string, mode = 0o777): string | undefined {
  if (isFolder(path)) return undefined;
  const around = dirname(path);
  const outermost = around === path ? undefined : makeFolders(around, mode);
  try {
    fs.mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else made it meanwhile.
    if (!isFolder(path)) throw error;
  }
  return outermost ?? path;
}

function isFolder(path: string): boolean {
  return fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The `code` of an error as Node's file system throws them; `undefined` for anything else. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Writes everything, however little the system takes at a time. */
export function writeAll(fileSystem: FileSystem, descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    written += fileSystem.write(descriptor, bytes.subarray(written));
  }
}
