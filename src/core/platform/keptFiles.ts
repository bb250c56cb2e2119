import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { listFolder, readIfPossible, removeFile, replaceDerivedFile } from './disk.ts';
import { errorCode, nodeFileSystem } from './fileSystem.ts';

/** Values that can be made anew, kept by all that they depend on; several processes may share them. */
export interface KeptFiles {
  /** What was kept; `undefined` where nothing was, or it is no longer as it was written. */
  get(key: string): unknown;
  /** Keeps a value that can be written as JSON, best effort; what was not read for longest goes first. */
  set(key: string, value: unknown): void;
}

const ENDING = '.json';
const LINE_FEED = 10;

/**
 * A folder with a file a value, named by the hash of its key: a line with the hash of the rest, and the
 * value as JSON. A file is written beside its place and then put there, so that readers see all of it
 * or nothing, and no lock is needed.
 *
 * @param folder made with the first value
 * @param mostBytes of all files together
 */
export function openKeptFiles(folder: string, mostBytes: number): KeptFiles {
  const fileOf = (key: string): string => join(folder, `${hashOf(key).slice(0, 40)}${ENDING}`);
  return {
    get(key) {
      const file = fileOf(key);
      const value = parse(readIfPossible(file));
      if (value !== undefined) touch(file);
      return value;
    },
    set(key, value) {
      const json = JSON.stringify(value);
      if (Buffer.byteLength(json) > mostBytes) return;
      makeFolder(folder);
      replaceDerivedFile(fileOf(key), [Buffer.from(`${hashOf(json)}\n${json}`)]);
      makeRoom(folder, mostBytes);
    },
  };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function parse(content: Buffer | undefined): unknown {
  const end = content?.indexOf(LINE_FEED) ?? -1;
  if (content === undefined || end === -1) return undefined;
  const json = content.toString('utf8', end + 1);
  return content.toString('latin1', 0, end) === hashOf(json) ? JSON.parse(json) : undefined;
}

/** Where nothing can be kept, values are made each time. */
function makeFolder(folder: string): void {
  try {
    nodeFileSystem.makeFolder(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

/** The time of a file says when it was last of use. */
function touch(file: string): void {
  try {
    const now = new Date();
    fs.utimesSync(file, now, now);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
  }
}

function makeRoom(folder: string, mostBytes: number): void {
  const files = listFolder(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => {
      // Another process may delete it meanwhile.
      const status = fs.lstatSync(path, { throwIfNoEntry: false });
      return status?.isFile() === true ? [{ path, size: status.size, at: status.mtimeMs }] : [];
    })
    .sort((a, b) => b.at - a.at);
  let bytes = 0;
  for (const { path, size } of files) {
    bytes += size;
    if (bytes > mostBytes) removeFile(path);
  }
}
