import fs from 'node:fs';
import { join, resolve } from 'node:path';
import type { AnalyzeRequest, Analysis } from '../../model/api/sessions.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Session } from '../../model/session.ts';
import type { SessionReport } from '../../model/sessionReport.ts';
import { mergeSessions, withoutCopies } from '../../sessions/merge.ts';
import { findLogs, windowsHomes } from '../../sessions/places/findLogs.ts';
import type { FoundLog } from '../../sessions/places/findLogs.ts';
import { logPlaces, projectPlaces } from '../../sessions/places/places.ts';
import { logFiles, readLog } from '../../sessions/readLog.ts';
import { reportSession } from '../../sessions/report/sessionReport.ts';
import { rest } from '../rest.ts';
import { openSessionCache } from './sessionCache.ts';
import type { SessionCache } from './sessionCache.ts';

export interface SessionParts {
  readonly derived: string;
  readonly assetsDir: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Relative names start from it, and logs that lie in it are found. */
  readonly folder: string | undefined;
}

interface Run extends SessionParts {
  readonly cache: SessionCache;
  readonly watch: Watch;
}

/** Reads the logs that were asked for, and reports what they tell. */
export async function analyzeSessions(
  parts: SessionParts,
  request: AnalyzeRequest,
  watch: Watch,
): Promise<Analysis> {
  const run: Run = { ...parts, cache: openSessionCache(parts.derived), watch };
  if (request.names.length > 0) return analyzeNamed(run, request);
  const wanted = request.recent ?? (request.since === undefined ? 1 : Infinity);
  const found = await readUntil(
    run,
    foundLogs(run),
    (reports) => reports.filter((report) => isWanted(report, request)).length >= wanted,
  );
  const sessions = newestFirst(found.filter((report) => isWanted(report, request)));
  return { sessions: sessions.slice(0, wanted), missing: [] };
}

async function analyzeNamed(run: Run, request: AnalyzeRequest): Promise<Analysis> {
  const sessions: SessionReport[] = [];
  const missing: string[] = [];
  for (const name of request.names) {
    const found = await analyzeOne(run, name);
    sessions.push(...found.filter((report) => isWanted(report, request)));
    if (found.length === 0) missing.push(name);
  }
  return {
    sessions:
      request.recent === undefined ? sessions : newestFirst(sessions).slice(0, request.recent),
    missing,
  };
}

async function analyzeOne(run: Run, name: string): Promise<readonly SessionReport[]> {
  const path = resolve(run.folder ?? '', name);
  if (fs.existsSync(path)) {
    const logs = logFiles(path) === undefined ? logsIn(path) : [{ path, modifiedMs: 0 }];
    return newestFirst(await readUntil(run, logs, () => false));
  }
  // Most logs have the id in their name; others are opened.
  const logs = foundLogs(run);
  const likely = logs.filter((log) => log.path.includes(name));
  const isIt = ({ id }: SessionReport): boolean => id === name;
  const sure = (await readUntil(run, likely, (reports) => reports.some(isIt))).filter(isIt);
  if (sure.length > 0) return sure;
  const others = logs.filter((log) => !likely.includes(log));
  return (await readUntil(run, others, (reports) => reports.some(isIt))).filter(isIt);
}

function foundLogs(run: Run): readonly FoundLog[] {
  const places = logPlaces({ ...run, windowsHomes: windowsHomes(run.env) });
  return findLogs([...places, ...(run.folder === undefined ? [] : projectPlaces(run.folder))]);
}

const DEEPEST = 8;

/** All logs of a known format in a folder. */
function logsIn(folder: string): readonly FoundLog[] {
  const found = findLogs([
    {
      folder,
      form: /^(?!.*\/subagents\/)(?:.*\/)?[^/]+\.(?:jsonl?|zst|md|traj|db)$/,
      depth: DEEPEST,
    },
    { folder, form: /^.+$/, depth: 0, isFolder: true },
    {
      folder,
      form: /(?:^|\/)(?:tasks|sessions|context|ralph)\/[^/]+$/,
      depth: DEEPEST,
      isFolder: true,
    },
  ]).filter(({ path }) => logFiles(path) !== undefined);
  const folders = found.map(({ path }) => join(path, '/'));
  return found.filter(
    ({ path }) => !folders.some((at) => path !== at.slice(0, -1) && path.startsWith(at)),
  );
}

interface Read {
  readonly files: readonly string[];
  readonly sessions: readonly Session[];
}

/**
 * Reads logs in their order until what is asked for is there. Sessions that several logs hold, and
 * responses that were copied from one log to another, count once.
 */
async function readUntil(
  run: Run,
  logs: readonly FoundLog[],
  isEnough: (reports: readonly SessionReport[]) => boolean,
): Promise<readonly SessionReport[]> {
  const kept: {
    readonly path: string;
    readonly reports: readonly SessionReport[];
    readonly keys: readonly string[];
  }[] = [];
  for (const [at, { path }] of logs.entries()) {
    await rest(run.watch);
    run.watch.onProgress?.({ stage: 'files', done: at, total: logs.length, patterns: 0 });
    kept.push({ path, ...(await readCached(run, path)) });
    if (isEnough(kept.flatMap(({ reports }) => reports))) break;
  }
  const shared = sharedLogs(kept);
  const alone = kept.filter(({ path }) => !shared.has(path)).flatMap(({ reports }) => reports);
  const joined: Session[] = [];
  for (const path of shared) joined.push(...((await readLog(path, run.assetsDir)) ?? []));
  const parts = withoutCopies(mergeSessions(joined));
  return [...alone, ...parts.map((session) => reportSession(session))];
}

/** Logs that hold a session or a response another one of them holds too. */
function sharedLogs(
  kept: readonly {
    readonly path: string;
    readonly reports: readonly SessionReport[];
    readonly keys: readonly string[];
  }[],
): ReadonlySet<string> {
  const owners = new Map<string, string>();
  const shared = new Set<string>();
  for (const { path, reports, keys } of kept) {
    for (const key of [...keys, ...reports.map(({ agent, id }) => `${agent} ${id}`)]) {
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, path);
      else if (owner !== path) {
        shared.add(owner);
        shared.add(path);
      }
    }
  }
  return shared;
}

async function readCached(
  { cache, assetsDir }: Run,
  path: string,
): Promise<{ readonly reports: readonly SessionReport[]; readonly keys: readonly string[] }> {
  const files = logFiles(path) ?? [path];
  const former = cache.get(files);
  if (former !== undefined) return former;
  const read: Read = { files, sessions: (await readLog(path, assetsDir)) ?? [] };
  const sessions = withoutCopies(mergeSessions(read.sessions));
  const found = {
    reports: sessions.map((session) => reportSession(session)),
    keys: read.sessions.flatMap(({ responses }) => responses.map(({ key }) => key)),
  };
  cache.set(files, found);
  return found;
}

function newestFirst(reports: readonly SessionReport[]): readonly SessionReport[] {
  return [...reports].sort((a, b) => (b.startedAt ?? '').localeCompare(a.startedAt ?? ''));
}

function isWanted(report: SessionReport, { since, project }: AnalyzeRequest): boolean {
  const ended = Date.parse(report.endedAt ?? '');
  if (since !== undefined && !(ended >= Date.parse(since))) return false;
  return project === undefined || isIn(report.folder, project);
}

/** A folder is named by its path, by a path around it, or by its last part. */
function isIn(folder: string | null, project: string): boolean {
  if (folder === null) return false;
  const clean = (path: string): string => path.replaceAll('\\', '/').replace(/\/+$/, '');
  const [at, wanted] = [clean(folder), clean(project)];
  return at === wanted || at.startsWith(`${wanted}/`) || at.split('/').at(-1) === wanted;
}
