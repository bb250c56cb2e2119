import fs from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../../platform/fileSystem.ts';
import { listFolder } from '../../platform/disk.ts';
import type { PlaceFacts, Place } from './places.ts';

export interface FoundLog {
  readonly path: string;
  readonly modifiedMs: number;
  /** Of a folder, of the files in it. */
  readonly bytes: number;
}

/** The logs that lie in the places, newest first. */
export function findLogs(places: readonly Place[]): readonly FoundLog[] {
  const found = new Map<string, FoundLog>();
  for (const place of places) {
    for (const path of logsBelow(place, place.folder, '')) {
      const status = statusOf(path);
      if (status !== undefined) found.set(path, { path, ...status });
    }
  }
  return [...found.values()].sort((a, b) => b.modifiedMs - a.modifiedMs);
}

function* logsBelow(place: Place, folder: string, below: string): Generator<string> {
  const depth = below === '' ? 0 : below.split('/').length;
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    const relative = below === '' ? entry.name : `${below}/${entry.name}`;
    const isLog = place.form.test(relative) && entry.isDirectory() === (place.isFolder === true);
    if (isLog) yield path;
    else if (entry.isDirectory() && depth < place.depth) yield* logsBelow(place, path, relative);
  }
}

function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return [];
  }
}

/** A folder changes with what lies in it. */
function statusOf(path: string): Omit<FoundLog, 'path'> | undefined {
  try {
    const status = fs.statSync(path);
    if (!status.isDirectory()) return { modifiedMs: status.mtimeMs, bytes: status.size };
    const inside = listFolder(path).map((name) => fs.statSync(join(path, name)));
    return {
      modifiedMs: inside.reduce((latest, { mtimeMs }) => Math.max(latest, mtimeMs), status.mtimeMs),
      bytes: inside.reduce((all, { size }) => all + size, 0),
    };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Homes on the Windows machine around a WSL, where its drives are shown. */
export function windowsHomes(env: PlaceFacts['env']): readonly string[] {
  if (env['WSL_DISTRO_NAME'] === undefined) return [];
  return listFolder('/mnt/c/Users').map((name) => `/mnt/c/Users/${name}`);
}
