import fs from 'node:fs';
import { basename, join } from 'node:path';

import { checksum } from '../../model/checksum.ts';
import { listFolder, readAll, removeFile, replaceDerivedFile } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import type { DatabaseFile } from '../../platform/sqlite.ts';
import { VIEW_VERSION } from './view.ts';

/** A database file, read whole and found as it was written. */
export interface Snapshot {
  readonly id: string;
  readonly file: DatabaseFile;
}

/** After the database: its checksum, so that a torn or altered file is not believed. */
const SUM_BYTES = 4;
/** A process that has just listed an older snapshot may still want to read it. */
const GRACE_MS = 60_000;
/** Another version of this program may still be in use, and makes its snapshot anew in the worst case. */
const OTHER_VERSION_GRACE_MS = 7 * 24 * 3_600_000;
/** Part of the file's size by which a view may grow before it is copied. */
const ROOM_SHARE = 8;
const MIN_ROOM_BYTES = 1 << 20;

const ANY_SNAPSHOT = /^view-(\d+)-([0-9a-f-]+)\.sqlite$/;
const ANY_WORDS = /^words-.*?-(\d{12}-[0-9a-f]+)\.bin$/;
const ANY_TEXTS = /^texts-(\d+)-[0-9a-f]+\.bin$/;
const TEMPORARY = /^(?:view|texts|words|scan|mentions)-.*\.tmp$/;

/** Ids of the snapshots this version can load, of the highest revision first. */
export function listSnapshots(folder: string): readonly string[] {
  return listFolder(folder)
    .flatMap((name) => {
      const [, version, id] = ANY_SNAPSHOT.exec(name) ?? [];
      return version === String(VIEW_VERSION) && id !== undefined ? [id] : [];
    })
    .sort()
    .reverse();
}

/** @returns `undefined` when it is gone or not as it was written */
export function readSnapshot(folder: string, id: string): Snapshot | undefined {
  let descriptor: number;
  try {
    descriptor = fs.openSync(snapshotPath(folder, id), 'r');
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
  try {
    const { size } = fs.fstatSync(descriptor);
    const sizeBytes = size - SUM_BYTES;
    if (sizeBytes <= 0) return undefined;
    const room = Math.max(MIN_ROOM_BYTES, Math.ceil(size / ROOM_SHARE));
    const memory = new Uint8Array(size + room);
    if (readAll(descriptor, memory.subarray(0, size), 0) < size) return undefined;
    const sum = memory.subarray(sizeBytes, size);
    if (Buffer.compare(sum, sumOf(memory.subarray(0, sizeBytes))) !== 0) return undefined;
    memory.fill(0, sizeBytes, size);
    return { id, file: { memory, sizeBytes } };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Path of a file of texts, where none is yet. */
export function newTextsPath(folder: string, random: (sizeBytes: number) => Uint8Array): string {
  const id = Buffer.from(random(6)).toString('hex');
  return join(folder, `texts-${VIEW_VERSION}-${id}.bin`);
}

/**
 * Writes a snapshot under a name of its own and deletes older ones, with what belongs to them.
 *
 * @returns its id; `undefined` where the folder cannot be written, which loses nothing but time
 */
export function writeSnapshot(
  folder: string,
  {
    bytes,
    texts,
    highestRev,
    random,
  }: {
    readonly bytes: Uint8Array;
    /** Paths of the files that its texts stand in. */
    readonly texts: readonly string[];
    readonly highestRev: number;
    readonly random: (sizeBytes: number) => Uint8Array;
  },
): string | undefined {
  const id = `${String(highestRev).padStart(12, '0')}-${Buffer.from(random(6)).toString('hex')}`;
  if (!replaceDerivedFile(snapshotPath(folder, id), [bytes, sumOf(bytes)])) return undefined;
  removeOld(folder, snapshotPath(folder, id), texts);
  return id;
}

/**
 * Deletes snapshots, texts and word indexes of all versions, and what was left half written.
 *
 * @returns false where a file could not be deleted
 */
export function removeAllSnapshots(folder: string): boolean {
  return listFolder(folder)
    .filter((name) => [ANY_SNAPSHOT, ANY_TEXTS, TEMPORARY, /^words-/].some((of) => of.test(name)))
    .map((name) => removeFile(join(folder, name)))
    .every((isGone) => isGone);
}

/**
 * Snapshots that `kept` makes useless, files of texts that no snapshot needed since, and word indexes
 * without a snapshot.
 */
function removeOld(folder: string, kept: string, texts: readonly string[]): void {
  const needed = new Set([kept, ...texts].map((path) => basename(path)));
  const names = listFolder(folder);
  const keptMs = modifiedMs(kept);
  const isOld = (name: string, graceMs = GRACE_MS): boolean =>
    keptMs - modifiedMs(join(folder, name)) > graceMs;
  for (const name of names) {
    const version = versionOf(name);
    if (version === undefined || needed.has(name)) continue;
    const graceMs = version === String(VIEW_VERSION) ? GRACE_MS : OTHER_VERSION_GRACE_MS;
    if (isOld(name, graceMs)) removeFile(join(folder, name));
  }
  const left = new Set(listFolder(folder).map((name) => ANY_SNAPSHOT.exec(name)?.[2]));
  for (const name of names) {
    const id = ANY_WORDS.exec(name)?.[1];
    // A temporary file that old was left by a writer that was killed.
    const isLeft = id === undefined ? TEMPORARY.test(name) && isOld(name) : !left.has(id);
    if (isLeft) removeFile(join(folder, name));
  }
}

/** The version of what made a snapshot or a file of texts; `undefined` of other files. */
function versionOf(name: string): string | undefined {
  return (ANY_SNAPSHOT.exec(name) ?? ANY_TEXTS.exec(name))?.[1];
}

export function snapshotPath(folder: string, id: string): string {
  return join(folder, nameOf(id));
}

function nameOf(id: string): string {
  return `view-${VIEW_VERSION}-${id}.sqlite`;
}

function sumOf(bytes: Uint8Array): Uint8Array {
  const sum = Buffer.alloc(SUM_BYTES);
  sum.writeUInt32LE(checksum(bytes));
  return sum;
}

/** Of a file that is gone the end of time, so that it never counts as old. */
function modifiedMs(path: string): number {
  return fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
}
