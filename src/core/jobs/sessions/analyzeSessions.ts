import type { AnalyzeRequest, Analysis } from '../../model/api/sessions.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Session } from '../../model/session.ts';
import type { SessionReport } from '../../model/sessionReport.ts';
import { mergeSessions, withoutCopies } from '../../sessions/merge.ts';
import { logFiles, readLog } from '../../sessions/readLog.ts';
import { reportSession } from '../../sessions/report/sessionReport.ts';
import { rest } from '../rest.ts';
import { openLogCache } from './logCache.ts';
import type { LogCache } from './logCache.ts';
import { foundLogs, logsAt } from './sessionLogs.ts';
import type { NamedLog, SessionParts } from './sessionLogs.ts';

/** What was found in one log the last time. */
interface CachedLog {
  readonly reports: readonly SessionReport[];
  /** Names of the responses that were counted: other logs may hold copies of them. */
  readonly keys: readonly string[];
}

/** The number is raised with each change of what is measured, so that all is read again. */
const CACHE = 'sessions-1';

interface Run extends SessionParts {
  readonly cache: LogCache<CachedLog>;
  readonly watch: Watch;
}

/** Reads the logs that were asked for, and reports what they tell. */
export async function analyzeSessions(
  parts: SessionParts,
  request: AnalyzeRequest,
  watch: Watch,
): Promise<Analysis> {
  const run: Run = { ...parts, cache: openLogCache<CachedLog>(parts.derived, CACHE), watch };
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
  const named = logsAt(run, name);
  if (named !== undefined) return newestFirst(await readUntil(run, named, () => false));
  // Most logs have the id in their name; others are opened.
  const logs = foundLogs(run);
  const likely = logs.filter((log) => log.path.includes(name));
  const isIt = ({ id }: SessionReport): boolean => id === name;
  const sure = (await readUntil(run, likely, (reports) => reports.some(isIt))).filter(isIt);
  if (sure.length > 0) return sure;
  const others = logs.filter((log) => !likely.includes(log));
  return (await readUntil(run, others, (reports) => reports.some(isIt))).filter(isIt);
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
  logs: readonly NamedLog[],
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
