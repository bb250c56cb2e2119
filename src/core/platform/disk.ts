import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, type ErrorCode } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { errorCode, nodeFileSystem, writeAll } from './fileSystem.ts';

/** What nobody but its owner may read: code and history are private. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** A file that is written beside its target and takes its place whole, or not at all. */
export interface Replacement {
  write(bytes: Uint8Array): void;
  /**
   * Writes behind what was written last, while the caller goes on. The bytes must not change, nor may
   * anything else be called but this, until all promises are settled.
   */
  append(bytes: Uint8Array): Promise<void>;
  /**
   * Puts it in place.
   *
   * @param isFlushed whether it has to be on the disk first, as it has by default
   */
  commit(isFlushed?: boolean): void;
  /** Deletes what was written; after `commit` it does nothing. */
  abandon(): void;
}

/** @param mode rights of the new file, in a folder that is there */
export function beginReplacement(target: string, mode: number): Replacement {
  // A name that nobody else's file can have.
  const temporary = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  let descriptor: number | undefined = fs.openSync(temporary, 'wx', mode);
  let isInPlace = false;
  let end = 0;
  const close = (): void => {
    if (descriptor !== undefined) fs.closeSync(descriptor);
    descriptor = undefined;
  };
  return {
    write(bytes) {
      if (descriptor === undefined) throw new Error('written to after it was closed');
      writeAll(nodeFileSystem, descriptor, bytes);
      end += bytes.length;
    },
    append(bytes) {
      if (descriptor === undefined) throw new Error('written to after it was closed');
      const start = end;
      end += bytes.length;
      return writeAllAt(descriptor, bytes, start);
    },
    commit(isFlushed = true) {
      if (isFlushed && descriptor !== undefined) fs.fsyncSync(descriptor);
      close();
      fs.renameSync(temporary, target);
      isInPlace = true;
    },
    abandon() {
      if (isInPlace) return;
      close();
      removeFile(temporary);
    },
  };
}

const writeSome = promisify(fs.write);

async function writeAllAt(descriptor: number, bytes: Uint8Array, start: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const left = bytes.length - written;
    const { bytesWritten } = await writeSome(descriptor, bytes, written, left, start + written);
    written += bytesWritten;
  }
}

/** Makes a folder that only its owner may enter; the one around it must be there. */
export function makePrivateFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { mode: PRIVATE_FOLDER });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Replaces a file that can be made anew, and that only its owner may read. Its folder is made, but
 * not the one around it: where that is gone, somebody deleted it.
 *
 * @param isFlushed false for one of many files, which are read with care: a power cut may damage it
 * @returns false where the disk does not take it; what was there stays
 */
export function replaceDerivedFile(
  target: string,
  pieces: Iterable<Uint8Array>,
  isFlushed = true,
): boolean {
  let replacement: Replacement | undefined;
  try {
    makePrivateFolder(dirname(target));
    replacement = beginReplacement(target, PRIVATE_FILE);
    for (const piece of pieces) replacement.write(piece);
    replacement.commit(isFlushed);
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  } finally {
    replacement?.abandon();
  }
}

/**
 * Where another process holds the file open and the platform minds, it stays for the next time.
 *
 * @returns false where it is still there
 */
export function removeFile(path: string): boolean {
  return remove(path, { force: true });
}

/** Deletes a folder with all it holds; false where the system refuses. */
export function removeFolder(path: string): boolean {
  return remove(path, { force: true, recursive: true });
}

function remove(path: string, options: fs.RmOptions): boolean {
  try {
    fs.rmSync(path, options);
    return true;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

/**
 * Fills `into` from a position of an open file.
 *
 * @returns bytes read: fewer than there is room for where the file ends
 * @throws as `readSync` does
 */
export function readAll(descriptor: number, into: Uint8Array, position: number): number {
  let read = 0;
  while (read < into.length) {
    const more = fs.readSync(descriptor, into, read, into.length - read, position + read);
    if (more === 0) break;
    read += more;
  }
  return read;
}

/** Names in the folder, in any order; none where it is not there or cannot be read. */
export function listFolder(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

/** The last bytes of a text file, empty where it cannot be read. */
export function readEnd(path: string, bytes: number): string {
  let file: number | undefined;
  try {
    file = fs.openSync(path, 'r');
    const { size } = fs.fstatSync(file);
    const end = Buffer.alloc(Math.min(bytes, size));
    return end.toString('utf8', 0, readAll(file, end, size - end.length));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return '';
  } finally {
    if (file !== undefined) fs.closeSync(file);
  }
}

/** Content of a file; `undefined` where it is not there, no file, or cannot be read. */
export function readIfPossible(path: string): Buffer | undefined {
  try {
    return fs.readFileSync(path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/**
 * What a file of JSON holds; `undefined` where it is not there or cannot be read.
 *
 * @throws AppError of this code where it is not JSON
 */
export function readJsonIfPossible(path: string, code: ErrorCode): unknown {
  const text = readIfPossible(path)?.toString('utf8');
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError(code, localized`${path} is not JSON`, { cause: error });
  }
}

/**
 * Takes the rights of everybody but the owner away from a folder and all that lies in it. What
 * belongs to somebody else stays as it is, and so does what links lead to.
 */
export function makePrivate(folder: string): void {
  takeRights(folder);
  for (const name of listFolder(folder)) {
    const path = join(folder, name);
    if (takeRights(path) === 'folder') makePrivate(path);
  }
}

/** Bits of a mode that speak of the group and of everybody else. */
const OTHERS = 0o077;

/** Windows keeps no such rights: what lies below a person's own folder is theirs there. */
function takeRights(path: string): 'folder' | 'other' {
  try {
    const status = fs.lstatSync(path);
    const isPlain = status.isFile() || status.isDirectory();
    if (isPlain && (status.mode & OTHERS) !== 0 && process.platform !== 'win32') {
      fs.chmodSync(path, status.mode & ~OTHERS & 0o7777);
    }
    return status.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    // Another process deleted it, or it is somebody else's.
    if (errorCode(error) === undefined) throw error;
    return 'other';
  }
}
