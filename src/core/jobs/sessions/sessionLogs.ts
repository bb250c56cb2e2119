import fs from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { recordingsFolder } from '../../library/recordings.ts';
import { findLogs, windowsHomes } from '../../sessions/places/findLogs.ts';
import type { FoundLog } from '../../sessions/places/findLogs.ts';
import { logPlaces, projectPlaces } from '../../sessions/places/places.ts';
import { openLog } from '../../sessions/readLog.ts';

export interface SessionParts {
  /** Folder of the library for what can be made anew. */
  readonly derived: string;
  readonly assetsDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Relative names start from it, and logs that lie in it are found. */
  readonly folder: string | undefined;
}

/** A log, or a folder that is one. */
export type NamedLog = FoundLog;

/** Fewer letters would name too many sessions. */
const SHORTEST_NAME = 4;

/** Whether a session is meant by what a person wrote: its id, or how that begins. */
export function isSessionNamed(id: string, name: string): boolean {
  return id === name || (name.length >= SHORTEST_NAME && id.startsWith(name));
}

/** The logs that a path names: one log, or all in a folder; `undefined` where there is nothing. */
export function logsAt({ folder }: SessionParts, name: string): readonly NamedLog[] | undefined {
  const path = resolve(folder ?? '', name);
  if (!fs.existsSync(path)) return undefined;
  if (openLog(path) === undefined) return logsIn(path);
  const { size, mtimeMs } = fs.statSync(path);
  return [{ path, bytes: size, modifiedMs: mtimeMs }];
}

/** Logs in their usual places, in the folder, and those this program keeps; newest first. */
export function foundLogs(run: SessionParts): readonly FoundLog[] {
  const places = logPlaces({ ...run, windowsHomes: windowsHomes(run.env) });
  const own = { folder: recordingsFolder(dirname(run.derived)), form: /\.jsonl$/, depth: 0 };
  return findLogs([...places, own, ...(run.folder === undefined ? [] : projectPlaces(run.folder))]);
}

const DEEPEST = 8;

/** All logs of a known format in a folder. */
function logsIn(folder: string): readonly FoundLog[] {
  const found = findLogs([
    {
      folder,
      form: /^(?!.*\/subagents\/)(?:.*\/)?[^/]+\.(?:jsonl?|zst|gz|md|traj|db)$/,
      depth: DEEPEST,
    },
    { folder, form: /^.+$/, depth: 0, isFolder: true },
    {
      folder,
      form: /(?:^|\/)(?:tasks|sessions|context|ralph)\/[^/]+$/,
      depth: DEEPEST,
      isFolder: true,
    },
  ]).filter(({ path }) => openLog(path) !== undefined);
  const folders = found.map(({ path }) => join(path, '/'));
  return found.filter(
    ({ path }) => !folders.some((at) => path !== at.slice(0, -1) && path.startsWith(at)),
  );
}
